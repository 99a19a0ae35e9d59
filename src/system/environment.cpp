#include <mystic/system/environment.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace mystic {
namespace {

/// Names that begin so belong to a launcher. Seen on Open MPI 4.1.4 (mpirun -n 1 env) and in the
/// sources or manuals of the others.
constexpr std::array prefixes = std::to_array<std::string_view>({
    "OMPI_",
    "PMIX_",
    "PRTE_",
    "ORTE_",
    "OPAL_",  // Open MPI, PRRTE
    "PMI_",
    "PMI2_",
    "HYDRA_",
    "HYDI_",
    "MPIR_",
    "MPI_LOCAL",  // MPICH and its children
    "MPICH_INTERFACE_HOSTNAME",
    "MPIEXEC_",
    "I_MPI_HYDRA_",  // Hydra, Intel MPI
    "I_MPI_MPIRUN",
    "I_MPI_INFO_",  // Intel MPI
    "MV2_COMM_WORLD_",
    "MPISPAWN_",  // MVAPICH
    "PALS_",
    "ALPS_APP_",
    "JSM_NAMESPACE_",
    "FLUX_TASK_",  // Cray, IBM, Flux
    "SLURM_STEP",
    "SLURM_SRUN_",
    "SLURM_PMI",
    "SLURM_TASK_PID",  // a Slurm step and its tasks
});

constexpr std::array names = std::to_array<std::string_view>({
    "HFI_NO_BACKTRACE",
    "IPATH_NO_BACKTRACE",  // mpirun's orders to its ranks
    "SLURM_PROCID",
    "SLURM_LOCALID",
    "SLURM_NODEID",
    "SLURM_GTIDS",
    "SLURM_MPI_TYPE",
    "SLURM_LAUNCH_NODE_IPADDR",
    "SLURM_CPU_BIND",
    "SLURM_CPU_BIND_LIST",
    "SLURM_CPU_BIND_TYPE",
    "SLURM_CPU_BIND_VERBOSE",
    "SLURM_DISTRIBUTION",
});

/// They say what the user permits, nothing about ranks; without them root cannot start mpirun.
constexpr std::string_view kept_prefix = "OMPI_ALLOW_RUN_AS_ROOT";

std::string_view name_of(std::string_view entry) { return entry.substr(0, entry.find('=')); }

bool belongs_to_launcher(std::string_view name) {
  if (name.starts_with(kept_prefix)) return false;
  return std::ranges::any_of(prefixes, [&](auto prefix) { return name.starts_with(prefix); }) ||
         std::ranges::find(names, name) != names.end();
}

}  // namespace

Environment current_environment(const char* const* environ) {
  Environment found;
  for (; environ != nullptr && *environ != nullptr; ++environ) found.emplace_back(*environ);
  return found;
}

Environment environment_without_mpi(const Environment& environment) {
  Environment kept;
  std::ranges::copy_if(environment, std::back_inserter(kept),
                       [](const std::string& entry) { return !belongs_to_launcher(name_of(entry)); });
  return kept;
}

Environment with_variable(const Environment& environment, std::string_view name,
                          std::string_view value) {
  Environment changed;
  const std::string entry = std::string(name) + '=' + std::string(value);
  bool placed = false;
  for (const std::string& old : environment) {
    if (name_of(old) != name) {
      changed.push_back(old);
    } else if (!std::exchange(placed, true)) {
      changed.push_back(entry);
    }
  }
  if (!placed) changed.push_back(entry);
  return changed;
}

std::optional<std::string> variable(const Environment& environment, std::string_view name) {
  const auto found = std::ranges::find_if(environment, [name](const std::string& entry) {
    return entry.size() > name.size() && name_of(entry) == name;
  });
  if (found == environment.end()) return std::nullopt;
  return found->substr(name.size() + 1);
}

}  // namespace mystic
