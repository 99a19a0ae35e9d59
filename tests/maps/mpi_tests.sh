#!/bin/sh
# Runs the MPI tests under mpirun, each with a deadline.
#
#   mpi_tests.sh maps RANKS PROGRAM     the contract, in a job of RANKS ranks
#   mpi_tests.sh fault CASE PROGRAM     one case of the fault tests; "all" for each in turn
#
# --oversubscribe and --allow-run-as-root: more ranks than cores, and containers.
set -u

job() { # SECONDS RANKS OPTIONS... -- PROGRAM ARGUMENTS
  seconds=$1 ranks=$2
  shift 2
  timeout -k 5 "$seconds" mpirun --oversubscribe --allow-run-as-root -np "$ranks" "$@"
}

# Under --enable-recovery mpirun (Open MPI 4.1) always returns 0: what was printed decides.
said() { # TEXT COUNT: of the lines of $log, COUNT or more hold TEXT
  [ "$(grep -c "$1" "$log")" -ge "$2" ] || {
    echo "FAILED: expected '$1' $2 times, in:" && cat "$log"
    return 1
  }
}

recovers() { # RANKS CASE
  job 60 "$1" --enable-recovery "$program" --gtest_color=no --gtest_filter="MpiFault.$2" \
    >"$log" 2>&1
  [ $? -lt 124 ] && said '\[  PASSED  \] 1 test' 1 && ! grep -q 'FAILED\|Failure' "$log" || {
    cat "$log"
    return 1
  }
}

leaves() { # RANKS CASE: every rank but 0 says that it left in time
  job 60 "$1" --enable-recovery "$program" --gtest_color=no --gtest_filter="MpiFault.$2" \
    >"$log" 2>&1
  [ $? -lt 124 ] && said 'left in time' $(($1 - 1))
}

aborts() { # RANKS CASE
  job 30 "$1" "$program" --gtest_catch_exceptions=0 --gtest_color=no --gtest_filter="MpiFault.$2" \
    >"$log" 2>&1
  status=$?
  [ $status -ne 0 ] && [ $status -lt 124 ] && said 'ends by an exception' 1
}

fault() { # CASE
  case $1 in
    WorkersLeaveWhenRank0*) leaves 3 "$1" ;;
    AnExceptionOnOneRankEndsTheJob) aborts 3 "$1" ;;
    ATaskThatHasKilledTwoWorkersHasFailed) recovers 4 "$1" ;;
    AWorkerThatEndsByItselfIsLostToo) recovers 4 "$1" ;;
    *) recovers 3 "$1" ;;
  esac
}

mode=$1 what=$2 program=$3
case $mode in
  maps)
    job 120 "$what" "$program" --gtest_brief=1
    ;;
  fault)
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    [ "$what" != all ] && { fault "$what"; exit; }
    result=0
    for name in $("$program" --gtest_list_tests | sed -n 's/^  //p'); do
      fault "$name" && echo "passed: $name" || { echo "FAILED: $name"; result=1; }
    done
    exit $result
    ;;
esac
