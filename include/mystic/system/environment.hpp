#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// A process environment: "NAME=value" each, in order. The library never reads its own; the command
/// line program passes `environ` here and hands the result on.
using Environment = std::vector<std::string>;

/// A copy of an environment as the system gives it: pointers to text, ended by a null pointer.
Environment current_environment(const char* const* environ);

/// `environment` without the variables by which an MPI launcher talks to its ranks, so that an MPI
/// program started from inside a rank is a world of its own instead of a second, broken rank.
///
/// Taken out: everything by which Open MPI, PMIx, PRRTE, MPICH/Hydra, Intel MPI, MVAPICH, Cray PALS
/// and Flux give a rank its place, and what says "you are a task of a Slurm step" (SLURM_PROCID,
/// SLURM_LOCALID, SLURM_NODEID, SLURM_STEP*, ...): Open MPI takes SLURM_STEPID for "started by srun".
/// Left in: what describes the allocation (SLURM_JOB_*, SLURM_NTASKS, SLURM_NODELIST, ...), Intel's
/// other I_MPI_* (where it is installed, which fabric), OMPI_ALLOW_RUN_AS_ROOT*.
/// Tuning in OMPI_MCA_* goes too: mpirun passes its own orders in the same names. A study that needs
/// some sets them for its command.
Environment environment_without_mpi(const Environment& environment);

/// `environment` in which `name` is `value`, in its old place if it had one, and there once only.
Environment with_variable(const Environment& environment, std::string_view name, std::string_view value);

/// The value of the first entry called `name`, if there is one.
std::optional<std::string> variable(const Environment& environment, std::string_view name);

}  // namespace mystic
