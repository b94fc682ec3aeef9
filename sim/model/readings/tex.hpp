#pragma once
/// An expression as LaTeX: the model page prints the equations that run.

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace nadir {

struct Tex {
  enum Binding { sum, product, atom };
  std::string text = "0";
  Binding binding = atom;

  Tex() = default;
  Tex(double number);  // NOLINT: numbers in equations become text
  Tex(std::string words, Binding how) : text(std::move(words)), binding(how) {}

  /// The expression, in parentheses when it binds more weakly than its surroundings.
  std::string inside(Binding surroundings) const {
    return binding < surroundings ? "\\left(" + text + "\\right)" : text;
  }
  bool is(const char* number) const { return text == number; }
};

/// "circ0" → "\mathrm{circ0}": names stand as in TOML and in the result file.
inline Tex symbol(std::string_view name) {
  std::string text;
  for (char c : name) text += c == '_' ? std::string("\\_") : std::string(1, c);
  return {"\\mathrm{" + text + "}", Tex::atom};
}

inline Tex::Tex(double number) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", number);
  text = buffer;
  binding = number < 0 ? sum : atom;
}

inline Tex operator+(const Tex& a, const Tex& b) {
  if (a.is("0")) return b;
  if (b.is("0")) return a;
  return {a.text + " + " + b.text, Tex::sum};
}
inline Tex operator-(const Tex& a, const Tex& b) {
  if (b.is("0")) return a;
  const std::string subtracted = b.inside(Tex::product);
  return {a.is("0") ? "-" + subtracted : a.text + " - " + subtracted, Tex::sum};
}
inline Tex operator*(const Tex& a, const Tex& b) {
  if (a.is("1")) return b;
  if (b.is("1")) return a;
  return {a.inside(Tex::product) + " \\, " + b.inside(Tex::product), Tex::product};
}
inline Tex operator/(const Tex& a, const Tex& b) { return {"\\frac{" + a.text + "}{" + b.text + "}", Tex::atom}; }
inline Tex exp(const Tex& a) { return {"e^{" + a.text + "}", Tex::atom}; }
inline Tex log(const Tex& a) { return {"\\ln\\left(" + a.text + "\\right)", Tex::atom}; }
inline Tex pow(const Tex& a, const Tex& b) { return {"\\left(" + a.text + "\\right)^{" + b.text + "}", Tex::atom}; }

}  // namespace nadir
