#include "study/methods/extend_count.hpp"

#include "mystic/study/study.hpp"

namespace mystic::study {

void extend_count(Json& object, const char* key, const CountChange& change, const std::string& design) {
  if (change.wanted < change.now) {
    throw BadInput(fmt::format("extend: --samples {}: there are {} {} already", change.wanted,
                               change.now, change.of));
  }
  if (change.wanted > change.now && design == "latin-hypercube") {
    throw BadInput(
        fmt::format("extend: {} of a Latin hypercube all hang on how many there are: begin a "
                    "new run, or choose the design sobol or monte-carlo",
                    change.of));
  }
  object[key] = change.wanted;
}

void refuse_dependence(const Study& study, const std::string& path, const std::string& why,
                       Problems& problems) {
  if (study.dependence.empty()) return;
  problems.add(path, fmt::format("is for independent inputs: {}; leave \"dependence\" out, or ask for "
                                 "{{\"sensitivity\": {{\"kind\": \"correlation\"}}}}",
                                 why));
}

}  // namespace mystic::study
