#include "count_allocations.hpp"

#include <atomic>
#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MYSTIC_UNDER_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MYSTIC_UNDER_SANITIZER
#endif

namespace {

std::atomic<long> allocations = 0;

}  // namespace

#ifdef MYSTIC_UNDER_SANITIZER

// The sanitizer has taken malloc and calls us.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void*,
                                                                             std::size_t),
                                                         void (*free_hook)(const volatile void*));

namespace {

const int installed = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t) { ++allocations; }, [](const volatile void*) {});

}  // namespace

#else

extern "C" void* __libc_malloc(std::size_t size);

extern "C" void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}

#endif

namespace mystic::testing_support {

long allocations_so_far() {
#ifdef MYSTIC_UNDER_SANITIZER
  if (installed == 0) return -1;
#endif
  return allocations;
}

}  // namespace mystic::testing_support
