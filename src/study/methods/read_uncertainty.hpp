#pragma once

#include "study/methods/method.hpp"
#include "study/registry.hpp"
#include "study/study_file.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mystic::study {

/// "method" of a study: {"propagate": {...}}, {"sensitivity": {"kind": ..., ...}} or {"design": {...}}.
/// Null, and problems, if it is none of these.
[[nodiscard]] std::shared_ptr<UncertaintyMethod> read_uncertainty(const Json& json, const Study& study,
                                                                  Problems& problems);

/// A kind of sensitivity analysis. A new one is one line in read_uncertainty.cpp.
struct SensitivityEntry {
  std::string name;
  std::string text;
  std::vector<OptionText> options;
  std::function<std::shared_ptr<UncertaintyMethod>(const Json&, const std::string& path, const Study&,
                                                   Problems&)>
      make;
};

[[nodiscard]] const std::vector<SensitivityEntry>& sensitivity_methods();

/// "propagate" and "design" of `mystic list methods`: their options.
[[nodiscard]] std::vector<OptionText> propagate_options();

[[nodiscard]] std::shared_ptr<UncertaintyMethod> read_propagate(const Json& json,
                                                                const std::string& path,
                                                                const Study& study, Problems& problems);
[[nodiscard]] std::shared_ptr<UncertaintyMethod> read_design_method(const Json& json,
                                                                    const std::string& path,
                                                                    const Study& study,
                                                                    Problems& problems);
[[nodiscard]] SensitivityEntry sobol_entry();
[[nodiscard]] SensitivityEntry morris_entry();
[[nodiscard]] SensitivityEntry efast_entry();
[[nodiscard]] SensitivityEntry rbd_fast_entry();
[[nodiscard]] SensitivityEntry dgsm_entry();
[[nodiscard]] SensitivityEntry correlation_entry();

}  // namespace mystic::study
