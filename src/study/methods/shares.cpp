#include "study/methods/shares.hpp"

#include "study/methods/tables.hpp"
#include "study/methods/value_pictures.hpp"

namespace mystic::study {
namespace {

Picture picture_of(const std::vector<Share>& shares, const PlotLabel& output, const ShareStory& story) {
  std::vector<Estimate> first;
  std::vector<Estimate> total;
  IntervalBarsPlot plot{.title = fmt::format("Where the variance of {} comes from", output.name),
                        .note = story.note,
                        .quantity = {.name = "share of the variance"},
                        .categories = {},
                        .series = {}};
  for (const Share& share : shares) {
    plot.categories.push_back(share.input);
    first.push_back(share.first);
    if (share.total) total.push_back(*share.total);
  }
  plot.series.push_back({.name = "first order", .estimates = plot_estimates(first)});
  if (!total.empty()) plot.series.push_back({.name = "total order", .estimates = plot_estimates(total)});
  return bars_picture(story.kind + "-" + file_word(output.name), std::move(plot));
}

std::string text_of(const std::vector<Share>& shares, const PlotLabel& output, const ShareStory& story) {
  const bool has_totals = !shares.empty() && shares.front().total;
  TextTable table({fmt::format("{}, variance from", output.name), "first order", "",
                   has_totals ? "total order" : "", "", story.count});
  double sum = 0.0;
  for (const Share& share : shares) {
    const EstimateText first = estimate_text(share.first);
    const EstimateText total = share.total ? estimate_text(*share.total) : EstimateText{};
    table.row({share.input, first.value, first.interval, total.value, total.interval,
               fmt::format("{} of {}", share.ok, story.asked)});
    sum += share.first.value;
  }
  return fmt::format(
      "\n{}  first orders add up to {:.3g}; what is missing to 1 comes from inputs together\n",
      table.text(), sum);
}

}  // namespace

Json describe_shares(const std::vector<Share>& shares, const PlotLabel& output, const ShareStory& story,
                     Answer& answer) {
  Json json{{"output", output.name}, {story.count, story.asked}};
  json["inputs"] = Json::array();
  for (const Share& share : shares) {
    Json row{{"input", share.input}, {story.count + "_ok", share.ok}};
    row["first"] = estimate_json(share.first);
    if (share.total) row["total"] = estimate_json(*share.total);
    json["inputs"].push_back(std::move(row));
  }
  answer.text += text_of(shares, output, story);
  if (answer.pictures.size() < most_pictured_outputs)
    answer.pictures.push_back(picture_of(shares, output, story));
  return json;
}

void watch_shares(const std::vector<Share>& shares, const std::string& output,
                  std::vector<Watched>& watched) {
  for (const Share& share : shares) {
    if (share.total) watched.push_back({"total", output, share.input, *share.total});
  }
  for (const Share& share : shares) watched.push_back({"first", output, share.input, share.first});
}

}  // namespace mystic::study
