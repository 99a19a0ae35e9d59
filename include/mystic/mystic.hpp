#pragma once

// Everything public, for users; the rooms themselves include what they need. The MPI map comes in with
// the target mystic::mpi, the OpenMP map where mystic was built with it, studies with mystic::study.

#include "mystic/core/algorithm.hpp"
#include "mystic/core/best.hpp"
#include "mystic/core/bytes.hpp"
#include "mystic/core/callable_model.hpp"
#include "mystic/core/conductor.hpp"
#include "mystic/core/constraint.hpp"
#include "mystic/core/course.hpp"
#include "mystic/core/drive.hpp"
#include "mystic/core/evaluation_cache.hpp"
#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/evaluator.hpp"
#include "mystic/core/frame_arena.hpp"
#include "mystic/core/inner_search.hpp"
#include "mystic/core/initial_points.hpp"
#include "mystic/core/layout.hpp"
#include "mystic/core/map.hpp"
#include "mystic/core/member_rules.hpp"
#include "mystic/core/model.hpp"
#include "mystic/core/monitor.hpp"
#include "mystic/core/options.hpp"
#include "mystic/core/outcome.hpp"
#include "mystic/core/padded_points.hpp"
#include "mystic/core/piece.hpp"
#include "mystic/core/point.hpp"
#include "mystic/core/policy.hpp"
#include "mystic/core/problem.hpp"
#include "mystic/core/random.hpp"
#include "mystic/core/recorder.hpp"
#include "mystic/core/require.hpp"
#include "mystic/core/requirement.hpp"
#include "mystic/core/result.hpp"
#include "mystic/core/runner.hpp"
#include "mystic/core/search.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/core/start.hpp"
#include "mystic/core/strand.hpp"
#include "mystic/core/task.hpp"
#include "mystic/core/termination.hpp"
#include "mystic/core/variable.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"

#include "mystic/constraints/penalties.hpp"
#include "mystic/constraints/repairs.hpp"

#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/foreign.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/points.hpp"
#include "mystic/solvers/powell.hpp"
#include "mystic/solvers/stationary_point.hpp"
#include "mystic/solvers/until_flat.hpp"

#include "mystic/ensembles/buckshot.hpp"
#include "mystic/ensembles/lattice.hpp"
#include "mystic/ensembles/mixed.hpp"
#include "mystic/ensembles/nested.hpp"
#include "mystic/ensembles/residual.hpp"
#include "mystic/ensembles/rules.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/ensembles/sparsity.hpp"

#include "mystic/system/clock.hpp"
#include "mystic/system/command.hpp"
#include "mystic/system/environment.hpp"
#include "mystic/system/parent_watch.hpp"
#include "mystic/system/process.hpp"
#include "mystic/system/remove_tree.hpp"
#include "mystic/system/signals.hpp"
#include "mystic/system/slots.hpp"
#include "mystic/system/supervisor.hpp"
#include "mystic/system/temporary_directory.hpp"

#include "mystic/maps/mpi_options.hpp"
#include "mystic/maps/serial.hpp"
#include "mystic/maps/threads.hpp"

#include "mystic/models/csv.hpp"
#include "mystic/models/curves.hpp"
#include "mystic/models/expression.hpp"
#include "mystic/models/external_model.hpp"
#include "mystic/models/external_options.hpp"
#include "mystic/models/extraction.hpp"
#include "mystic/models/fit.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/models/number.hpp"
#include "mystic/models/template.hpp"
#include "mystic/models/test_function.hpp"
#include "mystic/models/value.hpp"
#include "mystic/models/value_format.hpp"

#include "mystic/archive/journal.hpp"
#include "mystic/archive/journal_error.hpp"
#include "mystic/archive/read_journal.hpp"

#if defined(MYSTIC_HAS_OPENMP)
#include "mystic/maps/openmp.hpp"
#endif

#if defined(MYSTIC_HAS_MPI)
#include "mystic/comm/mailbox.hpp"
#include "mystic/comm/session.hpp"
#include "mystic/maps/mpi.hpp"
#endif

#if defined(MYSTIC_HAS_STUDY)
#include "mystic/study/study.hpp"
#endif
