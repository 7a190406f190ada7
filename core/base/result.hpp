#pragma once
// Result<T>: a value or an Error. Expected failures travel this way; exceptions mean bugs.
#include "core/base/error.hpp"

#include <boost/system/result.hpp>

#include <stdexcept>

namespace tomada {

template <class T>
using Result = boost::system::result<T, Error>;

[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::logic_error("unchecked result: " + error.text());
}

inline Error failure(ErrorCode code, std::string message, std::string where = {}, std::string hint = {}) {
  return Error{code, std::move(message), std::move(where), std::move(hint)};
}

}  // namespace tomada
