# How programs become tests of CTest.

# What Open MPI needs to start more ranks than there are cores, as root, in a container.
set(MYSTIC_MPI_ENVIRONMENT
  OMPI_MCA_rmaps_base_oversubscribe=1
  OMPI_MCA_btl_vader_single_copy_mechanism=none)
# At its end Open MPI leaks, from modules that it has unloaded: no suppression can name them. The tests
# that run under mpirun look for leaks before (tests/maps/mpi_main.cpp).
# Only the slow unwinder sees, from inside libc, that it was Open MPI which asked for memory.
if(MYSTIC_SANITIZE MATCHES "address")
  list(APPEND MYSTIC_MPI_ENVIRONMENT
    ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1:fast_unwind_on_malloc=0
    LSAN_OPTIONS=leak_check_at_exit=0:print_suppressions=0:suppressions=${PROJECT_SOURCE_DIR}/tools/leaks.supp)
endif()

# After so many seconds a test hangs; sanitizers slow it down.
set(MYSTIC_TEST_TIMEOUT 600)
if(MYSTIC_SANITIZE)
  set(MYSTIC_TEST_TIMEOUT 1200)
endif()

# Runs COMMAND as a test; with RANKS, under mpirun, once for each number of ranks ("@ranks@" in an argument
# becomes that number). Further properties of the test come after PROPERTIES.
function(mystic_add_run name)
  cmake_parse_arguments(PARSE_ARGV 1 run "" "" "COMMAND;RANKS;PROPERTIES")
  if(NOT run_RANKS)
    add_test(NAME ${name} COMMAND ${run_COMMAND})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${MYSTIC_TEST_TIMEOUT} ${run_PROPERTIES})
  endif()
  foreach(ranks IN LISTS run_RANKS)
    string(REPLACE "@ranks@" ${ranks} command "${run_COMMAND}")
    add_test(NAME ${name}.ranks${ranks}
             COMMAND ${MPIEXEC_EXECUTABLE} --oversubscribe --allow-run-as-root -np ${ranks} ${command})
    set_tests_properties(${name}.ranks${ranks} PROPERTIES
      TIMEOUT ${MYSTIC_TEST_TIMEOUT} PROCESSORS ${ranks} ENVIRONMENT "${MYSTIC_MPI_ENVIRONMENT}" ${run_PROPERTIES})
  endforeach()
endfunction()
