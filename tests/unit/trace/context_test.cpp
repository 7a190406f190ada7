#include "core/trace/context.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>

using namespace tomada;

namespace {

constexpr std::string_view valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

bool is_hex(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

}  // namespace

TEST_CASE("a traceparent is taken apart and put together again") {
  const auto context = trace::from_traceparent(valid);
  CHECK(context.trace_id == "0af7651916cd43dd8448eb211c80319c");
  CHECK(context.span_id == "b7ad6b7169203331");
  CHECK(context.is_sampled);
  CHECK(trace::traceparent(context) == valid);
  const auto quiet = trace::from_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02");
  CHECK_FALSE(quiet.is_sampled);
  CHECK(trace::traceparent(quiet).ends_with("-00"));
}

TEST_CASE("a later version is read by its first four fields") {
  CHECK(trace::from_traceparent("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-follows").trace_id ==
        "0af7651916cd43dd8448eb211c80319c");
}

TEST_CASE("what is no traceparent starts a trace of its own") {
  for (const std::string_view bad : {"", "garbage", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                                     "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                                     "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                                     "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                                     "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                                     "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                                     "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                                     "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x"}) {
    INFO(bad);
    const auto context = trace::from_traceparent(bad);
    CHECK(context.trace_id.size() == 32);
    CHECK(is_hex(context.trace_id));
    CHECK(context.trace_id != "0af7651916cd43dd8448eb211c80319c");
    CHECK(context.span_id.size() == 16);
  }
}

TEST_CASE("fresh contexts differ, a child keeps the trace and has a span of its own") {
  const auto parent = trace::fresh();
  CHECK(parent.trace_id != trace::fresh().trace_id);
  const auto child = trace::child(parent);
  CHECK(child.trace_id == parent.trace_id);
  CHECK(child.span_id != parent.span_id);
  CHECK(child.span_id.size() == 16);
}
