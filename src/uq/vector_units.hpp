#pragma once

// Loops over many numbers are compiled a second time for processors with vectors of 256 bits, and the
// program asks at run time: a library built for every x86-64 then is not half as fast as it could be.
// Without fused multiplications both give the same bits.

#if defined(__x86_64__) && defined(__GNUC__)
#define MYSTIC_WIDE __attribute__((target("avx2")))
#define MYSTIC_INLINED inline __attribute__((always_inline))

namespace mystic {

[[nodiscard]] inline bool has_wide_vectors() { return __builtin_cpu_supports("avx2") != 0; }

}  // namespace mystic

#else
#define MYSTIC_WIDE
#define MYSTIC_INLINED inline

namespace mystic {

[[nodiscard]] inline bool has_wide_vectors() { return false; }

}  // namespace mystic

#endif
