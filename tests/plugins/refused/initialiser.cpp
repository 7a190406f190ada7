// What runs while the shared object is opened, before the host could ask anything.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

namespace {

int begin() {
  std::puts("never on the output of the server");
#if defined(FAULT_THROW)
  throw std::runtime_error("the price list\nis missing");
#elif defined(FAULT_CRASH)
  (void)std::raise(SIGSEGV);
#elif defined(FAULT_EXIT)
  std::exit(0);  // NOLINT(concurrency-mt-unsafe): that is the fault
#elif defined(FAULT_HANG)
  for (;;) (void)::pause();
#endif
  return 1;
}

const int begun = begin();

}  // namespace
