# The library, the MPI part, the study and the program. A new body is one line in its room's list.

if(MYSTIC_SANITIZE)
  add_compile_options(-fsanitize=${MYSTIC_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${MYSTIC_SANITIZE})
endif()

# What every target of ours is compiled with.
add_library(mystic_warnings INTERFACE)
target_compile_options(mystic_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-missing-field-initializers
  # GCC 12 sees overflows in its own std::string and std::vector (GCC bugs 105651, 105329), and takes a
  # coroutine promise's operator new with the coroutine's arguments for one without a delete.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-stringop-overflow;-Wno-mismatched-new-delete>
  $<$<BOOL:${MYSTIC_WARNINGS_ARE_ERRORS}>:-Werror>)

# Where MYSTIC_PRECOMPILE says so, the TARGET of ours reads these headers once and not in each source.
function(mystic_precompile target)
  if(MYSTIC_PRECOMPILE STREQUAL ALL)
    target_precompile_headers(${target} PRIVATE ${mystic_common_headers} ${ARGN})
    mystic_keep_precompiled(${target})
  endif()
endfunction()
# What ccache keeps must not depend on when the headers were precompiled.
function(mystic_keep_precompiled target)
  target_compile_options(${target} PRIVATE
    $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
    "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endfunction()
set(mystic_common_headers
  <Eigen/Core> <algorithm> <chrono> <coroutine> <filesystem> <fmt/format.h> <functional> <map> <memory> <optional>
  <random> <span> <string> <string_view> <variant> <vector>)

add_library(mystic STATIC
  src/core/collapse.cpp
  src/core/course.cpp
  src/core/drive.cpp
  src/core/drive_ensemble.cpp
  src/core/evaluation_cache.cpp
  src/core/evaluator.cpp
  src/core/initial_points.cpp
  src/core/model.cpp
  src/core/options.cpp
  src/core/outcome.cpp
  src/core/policy.cpp
  src/core/problem.cpp
  src/core/random.cpp
  src/core/reducer.cpp
  src/core/result.cpp
  src/core/runner.cpp
  src/core/solver.cpp
  src/core/strand.cpp
  src/core/strand_outcomes.cpp
  src/core/strand_plain.cpp
  src/core/whole_search.cpp
  src/control/collapse.cpp
  src/control/compositions.cpp
  src/control/interrupt_prompt.cpp
  src/control/monitors.cpp
  src/control/read_log.cpp
  src/control/recording_monitor.cpp
  src/control/terminations.cpp
  src/constraints/penalties.cpp
  src/constraints/repairs.cpp
  solvers/collapsing.cpp
  solvers/differential_evolution.cpp
  solvers/directions.cpp
  solvers/evolution.cpp
  solvers/first_simplex.cpp
  solvers/fiber.cpp
  solvers/foreign.cpp
  solvers/line_search.cpp
  solvers/nelder_mead.cpp
  solvers/oriented_restart.cpp
  solvers/outside.cpp
  solvers/nlopt_options.cpp
  solvers/points.cpp
  solvers/powell.cpp
  solvers/reduction.cpp
  solvers/stationary_point.cpp
  solvers/until_flat.cpp
  src/ensembles/buckshot.cpp
  src/ensembles/lattice.cpp
  src/ensembles/member.cpp
  src/ensembles/mixed.cpp
  src/ensembles/nested.cpp
  src/ensembles/pack.cpp
  src/ensembles/residual.cpp
  src/ensembles/search_all.cpp
  src/ensembles/sparsity.cpp
  src/uq/copula_theta.cpp
  src/uq/copulas.cpp
  src/uq/correlation.cpp
  src/uq/correlation_matrix.cpp
  src/uq/correlation_parts.cpp
  src/uq/correlation_tables.cpp
  src/uq/covariance.cpp
  src/uq/designs/draws.cpp
  src/uq/designs/factorial.cpp
  src/uq/designs/halton.cpp
  src/uq/designs/large_points.cpp
  src/uq/designs/latin_annealing.cpp
  src/uq/designs/latin_discrepancy.cpp
  src/uq/designs/latin_hypercube.cpp
  src/uq/designs/latin_maximin.cpp
  src/uq/designs/monte_carlo.cpp
  src/uq/designs/morris_plan.cpp
  src/uq/designs/owen_tree.cpp
  src/uq/designs/philox.cpp
  src/uq/designs/pick_freeze.cpp
  src/uq/designs/point_quality.cpp
  src/uq/designs/quadrature.cpp
  src/uq/designs/rank_one_lattice.cpp
  src/uq/designs/sampling.cpp
  src/uq/designs/smolyak.cpp
  src/uq/designs/sobol_directions.cpp
  src/uq/designs/sobol_sequence.cpp
  src/uq/designs/variable_groups.cpp
  src/uq/dgsm.cpp
  src/uq/direct_evaluation.cpp
  src/uq/efast.cpp
  src/uq/empirical_cdf.cpp
  src/uq/estimate.cpp
  src/uq/evaluate_points.cpp
  src/uq/exceedance.cpp
  src/uq/fits/closed_forms.cpp
  src/uq/fits/extremes.cpp
  src/uq/fits/gamma_and_beta.cpp
  src/uq/fits/likelihood.cpp
  src/uq/fits/symmetric.cpp
  src/uq/goodness_of_fit.cpp
  src/uq/histogram.cpp
  src/uq/independent_inputs.cpp
  src/uq/inputs.cpp
  src/uq/kernel_density.cpp
  src/uq/law.cpp
  src/uq/law_fit.cpp
  src/uq/laws/atoms.cpp
  src/uq/laws/bounded.cpp
  src/uq/laws/central_moments.cpp
  src/uq/laws/counts.cpp
  src/uq/laws/extremes.cpp
  src/uq/laws/inversion.cpp
  src/uq/laws/mixture.cpp
  src/uq/laws/normal.cpp
  src/uq/laws/normal_quantile.cpp
  src/uq/laws/positive.cpp
  src/uq/laws/root.cpp
  src/uq/laws/smooth_data.cpp
  src/uq/laws/stepping.cpp
  src/uq/laws/symmetric.cpp
  src/uq/laws/tail_moments.cpp
  src/uq/laws/truncated.cpp
  src/uq/laws/von_mises.cpp
  src/uq/moments.cpp
  src/uq/monte_carlo_study.cpp
  src/uq/morris.cpp
  src/uq/morris_estimates.cpp
  src/uq/order_statistics.cpp
  src/uq/pick_freeze_estimates.cpp
  src/uq/pick_freeze_estimates.cpp
  src/uq/pick_freeze_estimates.cpp
  src/uq/propagate.cpp
  src/uq/quantiles.cpp
  src/uq/rbd_fast.cpp
  src/uq/sharing.cpp
  src/uq/sobol_indices.cpp
  src/plots/axis.cpp
  src/plots/characters.cpp
  src/plots/convergence_plot.cpp
  src/plots/correlation_plot.cpp
  src/plots/flags.cpp
  src/plots/histogram_plot.cpp
  src/plots/interval_bars_plot.cpp
  src/plots/morris_plot.cpp
  src/plots/page.cpp
  src/plots/place_labels.cpp
  src/plots/plot_text.cpp
  src/plots/scatter_matrix_plot.cpp
  src/plots/svg_canvas.cpp
  src/plots/ticks.cpp
  src/system/capture.cpp
  src/system/children.cpp
  src/system/clock.cpp
  src/system/environment.cpp
  src/system/job.cpp
  src/system/lanes.cpp
  src/system/launch.cpp
  src/system/parent_watch.cpp
  src/system/process.cpp
  src/system/reaper.cpp
  src/system/remove_tree.cpp
  src/system/signals.cpp
  src/system/slots.cpp
  src/system/supervise.cpp
  src/system/supervisor.cpp
  src/system/temporary_directory.cpp
  src/system/wire.cpp
  maps/serial.cpp
  maps/threads.cpp
  maps/work_queue.cpp
  models/csv.cpp
  models/curves.cpp
  models/expression.cpp
  models/external/approach.cpp
  models/external/archive.cpp
  models/external/attempt.cpp
  models/external/csv_places.cpp
  models/external/fields.cpp
  models/external/files.cpp
  models/external/inputs.cpp
  models/external/json_places.cpp
  models/external/json_tree.cpp
  models/external/keeper.cpp
  models/external/output_rules.cpp
  models/external/pattern.cpp
  models/external/places.cpp
  models/external/plan_steps.cpp
  models/external/planner.cpp
  models/external/printable.cpp
  models/external/reduce.cpp
  models/external/text_places.cpp
  models/external/work_directory.cpp
  models/external/xml_places.cpp
  models/external_model.cpp
  models/extraction.cpp
  models/fit.cpp
  models/functions.cpp
  models/functions/camels.cpp
  models/functions/chebyshev.cpp
  models/functions/de_jong.cpp
  models/functions/more_variables.cpp
  models/functions/two_variables.cpp
  models/functions/pohlheim.cpp
  models/functions/storn.cpp
  models/functions/waves.cpp
  models/noisy_model.cpp
  models/number.cpp
  models/radial_basis.cpp
  models/template.cpp
  models/value_format.cpp
  src/archive/append_file.cpp
  src/archive/journal.cpp
  src/archive/journal_format.cpp
  src/archive/journal_image.cpp
  src/archive/periodic_sync.cpp)
add_library(mystic::mystic ALIAS mystic)
target_include_directories(mystic PUBLIC
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(mystic PUBLIC cxx_std_20)
# Nobody puts other functions in the place of ours, so that GCC may inline them; clang does so anyway.
target_compile_options(mystic PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-semantic-interposition>)
# Unoptimised, Eigen makes the sanitizers' runs ten times longer.
if(MYSTIC_SANITIZE)
  target_compile_options(mystic PRIVATE -O1)
endif()
mystic_precompile(mystic)
# A consumer built with AVX must agree with the library on Eigen's alignment (design: promise 1).
target_compile_definitions(mystic PUBLIC EIGEN_MAX_ALIGN_BYTES=64)
target_link_libraries(mystic
  PUBLIC Eigen3::Eigen Boost::headers fmt::fmt Threads::Threads
  PRIVATE $<BUILD_INTERFACE:mystic_warnings> $<BUILD_INTERFACE:nlohmann_json::nlohmann_json>
          Boost::context PkgConfig::PCRE2 PkgConfig::ARCHIVE muparser::muparser pugixml::pugixml)
set_target_properties(mystic PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)

if(MYSTIC_OPENMP)
  target_sources(mystic PRIVATE maps/openmp.cpp)
  target_compile_definitions(mystic PUBLIC MYSTIC_HAS_OPENMP)
  target_link_libraries(mystic PRIVATE OpenMP::OpenMP_CXX)
endif()

if(MYSTIC_NLOPT)
  target_sources(mystic PRIVATE solvers/nlopt.cpp)
  target_link_libraries(mystic PRIVATE PkgConfig::NLOPT)
else()
  target_sources(mystic PRIVATE solvers/nlopt_absent.cpp)
endif()

if(MYSTIC_MPI)
  add_library(mystic_mpi STATIC
    src/comm/mailbox.cpp
    src/comm/post.cpp
    src/comm/session.cpp
    maps/dealer.cpp
    maps/deck.cpp
    maps/letters.cpp
    maps/mpi.cpp
    maps/roster.cpp
    maps/serving.cpp
    maps/steering.cpp)
  add_library(mystic::mpi ALIAS mystic_mpi)
  set_target_properties(mystic_mpi PROPERTIES EXPORT_NAME mpi CXX_EXTENSIONS OFF
                        POSITION_INDEPENDENT_CODE ON)
  target_compile_definitions(mystic_mpi PUBLIC MYSTIC_HAS_MPI OMPI_SKIP_MPICXX)
  target_link_libraries(mystic_mpi
    PUBLIC mystic
    PRIVATE $<BUILD_INTERFACE:mystic_warnings> Boost::mpi MPI::MPI_CXX)
endif()

if(MYSTIC_CLI)
  add_library(mystic_study STATIC
    src/study/build.cpp
    src/study/check.cpp
    src/study/copula_registry.cpp
    src/study/csv_text.cpp
    src/study/data_laws.cpp
    src/study/evaluate.cpp
    src/study/extend.cpp
    src/study/failures.cpp
    src/study/fit_data.cpp
    src/study/fitted_laws.cpp
    src/study/identity.cpp
    src/study/inputs_of.cpp
    src/study/json_text.cpp
    src/study/law_data.cpp
    src/study/law_registry.cpp
    src/study/list.cpp
    src/study/map_choice.cpp
    src/study/methods/collector.cpp
    src/study/methods/correlation.cpp
    src/study/methods/correlations_text.cpp
    src/study/methods/design.cpp
    src/study/methods/design_method.cpp
    src/study/methods/design_plans.cpp
    src/study/methods/dgsm.cpp
    src/study/methods/efast.cpp
    src/study/methods/extend_count.cpp
    src/study/methods/groups.cpp
    src/study/methods/morris.cpp
    src/study/methods/propagate.cpp
    src/study/methods/rbd_fast.cpp
    src/study/methods/read_uncertainty.cpp
    src/study/methods/sampled.cpp
    src/study/methods/shares.cpp
    src/study/methods/sobol.cpp
    src/study/methods/tables.cpp
    src/study/methods/thresholds.cpp
    src/study/methods/uncertainty_report.cpp
    src/study/methods/until.cpp
    src/study/methods/value_pictures.cpp
    src/study/new_study.cpp
    src/study/points_table.cpp
    src/study/progress.cpp
    src/study/read_dependence.cpp
    src/study/read_external.cpp
    src/study/read_initial.cpp
    src/study/read_laws.cpp
    src/study/read_method.cpp
    src/study/read_model.cpp
    src/study/read_policy.cpp
    src/study/read_search.cpp
    src/study/read_termination.cpp
    src/study/read_uncertain.cpp
    src/study/read_variables.cpp
    src/study/reading.cpp
    src/study/registry.cpp
    src/study/report.cpp
    src/study/run.cpp
    src/study/run_directory.cpp
    src/study/session.cpp
    src/study/steering.cpp
    src/study/study_file.cpp
    src/study/study_log.cpp
    src/study/work_base.cpp
    src/study/write_design.cpp)
  add_library(mystic::study ALIAS mystic_study)
  set_target_properties(mystic_study PROPERTIES EXPORT_NAME study CXX_EXTENSIONS OFF
                        POSITION_INDEPENDENT_CODE ON)
  target_include_directories(mystic_study PRIVATE src)
  target_link_libraries(mystic_study
    PUBLIC mystic
    PRIVATE $<BUILD_INTERFACE:mystic_warnings> $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> spdlog::spdlog)
  if(MYSTIC_MPI)
    target_link_libraries(mystic_study PUBLIC mystic_mpi)
  endif()
  target_compile_definitions(mystic_study PUBLIC MYSTIC_HAS_STUDY PRIVATE SPDLOG_FMT_EXTERNAL)

  mystic_precompile(mystic_study <nlohmann/json.hpp>)

  add_executable(mystic_cli src/cli/arguments.cpp src/cli/host.cpp src/cli/main.cpp)
  set_target_properties(mystic_cli PROPERTIES OUTPUT_NAME mystic CXX_EXTENSIONS OFF)
  target_include_directories(mystic_cli PRIVATE src)
  target_link_libraries(mystic_cli PRIVATE mystic_study mystic_warnings CLI11::CLI11)
  target_compile_definitions(mystic_cli PRIVATE MYSTIC_VERSION="${PROJECT_VERSION}")
endif()
