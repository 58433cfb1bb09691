using System.CommandLine;
using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>The options that say how customers are scored.</summary>
internal sealed class RfmArguments
{
    private readonly Option<int?> _bins = new("--bins") { Description = "Scores run from 1 to this: as the segment map says, else 5.", HelpName = "N" };
    private readonly Option<string?> _weights = Text("--weights", "How much recency, frequency and monetary value weigh in the combined score, such as 2:1:1.", "R:F:M");
    private readonly FileOption _segments = new("--segments", "The map of segments, where it is not the workspace's rfm.yaml or the customary one.");
    private readonly Option<string?> _recency = Text("--recency-edges", "Fixed edges instead of quantiles: days, falling, such as 365,180,90,30.", "A,B");
    private readonly Option<string?> _frequency = Text("--frequency-edges", "Fixed edges instead of quantiles: orders, rising, such as 1,2,5,10.", "A,B");
    private readonly Option<string?> _monetary = Text("--monetary-edges", "Fixed edges instead of quantiles: value, rising, such as 50,100,250,1000.", "A,B");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _bins, _weights, _segments, _recency, _frequency, _monetary })
        {
            command.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    /// <exception cref="UserFaultException">Something cannot be read.</exception>
    public RfmOptions Read(ParseResult parsed, PopulationOptions population, Workspace workspace)
    {
        var bins = parsed.GetValue(_bins);
        var map = RfmCommand.MapOf(workspace, _segments.PathIn(parsed));
        return new RfmOptions(population)
        {
            Bins = bins ?? map?.Bins ?? SegmentMap.Customary.Bins,
            Segments = parsed.GetValue(_segments) is null && bins is not null && bins != map?.Bins ? null : map,
            Weights = Numbers(parsed, _weights, ':') is not { } weights ? new RfmWeights(1, 1, 1)
                : weights.Count == 3 ? new RfmWeights(weights[0], weights[1], weights[2])
                : throw new WrongCommandException($"{_weights.Name} has three weights, such as 2:1:1, not \"{parsed.GetValue(_weights)}\"."),
            RecencyEdges = Whole(parsed, _recency),
            FrequencyEdges = Whole(parsed, _frequency),
            MonetaryEdges = Numbers(parsed, _monetary, ','),
        };
    }

    private static List<int>? Whole(ParseResult parsed, Option<string?> option) => Numbers(parsed, option, ',')?.ConvertAll(number =>
        number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw new WrongCommandException($"{option.Name} are whole numbers, not {number.ToString(CultureInfo.InvariantCulture)}."));

    private static List<decimal>? Numbers(ParseResult parsed, Option<string?> option, char separator) => parsed.GetValue(option) is not { } text
        ? null
        : [
            .. text.Split(separator, StringSplitOptions.TrimEntries).Select(part =>
                decimal.TryParse(part, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new WrongCommandException($"\"{part}\" in {option.Name} is no number.")),
        ];

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };
}
