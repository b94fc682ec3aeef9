#pragma once
/// The generated parts of the format pages.

#include <string>

namespace nadir {

/// Every key of a scenario, section by section, in Markdown.
std::string reference_page();

/// Every metric with its unit and definition, in Markdown.
std::string metric_table();

}  // namespace nadir
