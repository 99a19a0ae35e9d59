#include "study/methods/design.hpp"

#include "study/methods/own_keys.hpp"
#include "mystic/uq/halton.hpp"
#include "mystic/uq/latin_hypercube.hpp"
#include "mystic/uq/monte_carlo.hpp"
#include "mystic/uq/rank_one_lattice.hpp"
#include "mystic/uq/sobol_sequence.hpp"

namespace mystic::study {
namespace {

struct LatinDoublings {
  Index doublings = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field(
        "doublings", self.doublings, Range{.lower = 0, .upper = 20},
        "how often the points are doubled, each time keeping those that there are; `extend` raises it");
  }
};

template <class Options>
using Sampler = Points (*)(Index, Index, const Options&);

// A design of as many points as wanted, whose first points do not depend on how many.
template <class Options>
DesignEntry endless(std::string name, std::string text, Sampler<Options> sampler) {
  return {name, std::move(text), option_texts_without<Options>({"seed"}),
          [name, sampler](const Json& json, const std::string& path, const Study&,
                          Problems& problems) -> std::optional<Design> {
            const auto options = read_own_options<Options>(json, path, problems);
            if (!options) return std::nullopt;
            Design design{.kind = name, .growth = DesignGrowth::any};
            design.points = [sampler, options = *options](Index dimension, Index samples,
                                                          std::uint64_t seed) mutable {
              options.seed = seed;
              return DesignPoints{sampler(dimension, samples, options), {}};
            };
            return design;
          }};
}

Points doubled(Points points, Index times, const LatinHypercubeOptions& options) {
  for (Index i = 0; i < times; ++i) {
    points = doubled_latin_hypercube(
        points, {.place = options.place, .seed = options.seed + static_cast<std::uint64_t>(i) + 1});
  }
  return points;
}

std::optional<Design> make_latin(const Json& json, const std::string& path, const Study&,
                                 Problems& problems) {
  const auto options = read_own_options<LatinHypercubeOptions, LatinDoublings>(json, path, problems);
  if (!options) return std::nullopt;
  const auto& [latin, doublings] = *options;
  Design design{
      .kind = "latin-hypercube", .growth = DesignGrowth::doubling, .doublings = doublings.doublings};
  design.points = [chosen = latin, times = doublings.doublings](Index dimension, Index samples,
                                                                std::uint64_t seed) mutable {
    chosen.seed = seed;
    return DesignPoints{doubled(latin_hypercube_points(dimension, samples, chosen), times, chosen), {}};
  };
  return design;
}

std::optional<Design> make_hammersley(const Json& json, const std::string& path, const Study&,
                                      Problems& problems) {
  const auto options = read_own_options<HammersleyOptions>(json, path, problems);
  if (!options) return std::nullopt;
  Design design{.kind = "hammersley"};
  design.points = [options = *options](Index dimension, Index samples, std::uint64_t seed) mutable {
    options.seed = seed;
    return DesignPoints{hammersley_points(dimension, samples, options), {}};
  };
  return design;
}

}  // namespace

const std::vector<DesignEntry>& sampling_designs() {
  static const std::vector<DesignEntry> entries{
      endless<MonteCarloOptions>("monte-carlo", "independent draws: intervals mean what they say",
                                 monte_carlo_points),
      {"latin-hypercube", "every range of an input is met as often: less noise in means",
       joined(option_texts_without<LatinHypercubeOptions>({"seed"}), option_texts<LatinDoublings>()),
       make_latin},
      endless<SobolOptions>("sobol", "Sobol's sequence, scrambled: even in all inputs together",
                            sobol_points),
      endless<HaltonOptions>("halton", "Halton's sequence, scrambled", halton_points),
      {"hammersley", "Halton's points with one coordinate in equal steps",
       option_texts_without<HammersleyOptions>({"seed"}), make_hammersley},
      endless<RankOneLatticeOptions>("lattice", "a rank-1 lattice, shifted", rank_one_lattice_points),
  };
  return entries;
}

std::vector<DesignEntry> all_designs() {
  std::vector<DesignEntry> all = sampling_designs();
  all.insert(all.end(), planned_designs().begin(), planned_designs().end());
  return all;
}

std::optional<Design> read_design(const Json& json, const std::string& path, const Study& study,
                                  Problems& problems) {
  const Json object = json.is_string() ? Json{{"kind", json}} : json;
  if (!is_object(object, path, problems)) return std::nullopt;
  std::string kind;
  const auto found = object.find("kind");
  const std::vector<DesignEntry> entries = all_designs();
  if (found == object.end()) {
    problems.add(joined_path(path, "kind"), "is missing; 'mystic list designs' has them");
    return std::nullopt;
  }
  const std::string place = json.is_string() ? path : joined_path(path, "kind");
  if (!read_value(*found, place, kind, problems)) return std::nullopt;
  const DesignEntry* const entry = find_entry(entries, kind, place, {}, problems);
  return entry == nullptr ? std::nullopt : entry->make(object, path, study, problems);
}

}  // namespace mystic::study
