#include <mystic/system/environment.hpp>

#include <gtest/gtest.h>

namespace mystic {
namespace {

TEST(EnvironmentWithoutMpi, TakesOutWhatALauncherTellsItsRanks) {
  const Environment environment = {"OMPI_COMM_WORLD_RANK=1",
                                   "OMPI_MCA_ess_base_vpid=1",
                                   "PMIX_RANK=1",
                                   "PMI_FD=7",
                                   "PMI_RANK=1",
                                   "PMI_SIZE=3",
                                   "ORTE_X=1",
                                   "PRTE_X=1",
                                   "MPI_LOCALRANKID=1",
                                   "MPI_LOCALNRANKS=3",
                                   "HYDRA_CONTROL_FD=5",
                                   "HYDI_CONTROL_FD=5",
                                   "MPIR_CVAR_X=1",
                                   "I_MPI_HYDRA_HOST_FILE=x",
                                   "MV2_COMM_WORLD_RANK=1",
                                   "PALS_RANKID=1",
                                   "SLURM_PROCID=1",
                                   "SLURM_LOCALID=1",
                                   "SLURM_NODEID=0",
                                   "SLURM_STEPID=0",
                                   "SLURM_STEP_ID=0",
                                   "SLURM_PMIX_MAPPING_SERV=x",
                                   "SLURM_MPI_TYPE=pmix",
                                   "HFI_NO_BACKTRACE=1"};
  EXPECT_EQ(environment_without_mpi(environment), Environment{});
}

TEST(EnvironmentWithoutMpi, KeepsAllElseInItsOrder) {
  const Environment environment = {"PATH=/usr/bin",
                                   "HOME=/root",
                                   "SLURM_JOB_ID=12",
                                   "SLURM_NTASKS=4",
                                   "SLURM_NODELIST=n[1-2]",
                                   "SLURM_CPUS_PER_TASK=2",
                                   "I_MPI_ROOT=/opt/intel",
                                   "OMP_NUM_THREADS=1",
                                   "MPI_HOME=/opt/mpi",
                                   "OMPI_ALLOW_RUN_AS_ROOT=1",
                                   "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
                                   "X=PMI_RANK=1",
                                   "OMPI=1",
                                   "NOVALUE"};
  EXPECT_EQ(environment_without_mpi(environment), environment);
}

TEST(WithVariable, ReplacesInPlaceAndLeavesOneOnly) {
  const Environment environment = {"A=1", "AB=2", "A=3"};
  EXPECT_EQ(with_variable(environment, "A", "x=y"), (Environment{"A=x=y", "AB=2"}));
  EXPECT_EQ(with_variable(environment, "B", ""), (Environment{"A=1", "AB=2", "A=3", "B="}));
}

TEST(Variable, IsFoundByItsWholeName) {
  const Environment environment = {"AB=2", "A", "A=1", "A=3", "EMPTY="};
  EXPECT_EQ(variable(environment, "A"), "1");
  EXPECT_EQ(variable(environment, "EMPTY"), "");
  EXPECT_EQ(variable(environment, "B"), std::nullopt);
}

TEST(CurrentEnvironment, CopiesUpToTheNullPointer) {
  const char* const given[] = {"A=1", "B=2", nullptr};
  EXPECT_EQ(current_environment(given), (Environment{"A=1", "B=2"}));
  EXPECT_EQ(current_environment(nullptr), Environment{});
}

}  // namespace
}  // namespace mystic
