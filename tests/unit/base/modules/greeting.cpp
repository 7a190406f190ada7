// A module for the loader's test: it makes greetings.
#include "core/base/module.hpp"

#include <memory>
#include <string>

namespace tomada::greeting {

std::unique_ptr<std::string> make(const std::string& name) { return std::make_unique<std::string>("hello, " + name); }

}  // namespace tomada::greeting

TOMADA_MODULE(greeting, tomada::greeting::make);
