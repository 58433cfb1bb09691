using Warehouse.Definitions;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>Traits that put a customer who has them all into a stage.</summary>
internal sealed record StageRule(string Stage, IReadOnlyList<TraitRange> Ranges)
{
    public static StageRule Read(string stage, DefinitionMap map) => new(
        stage,
        [
            .. CustomerTraits.Names.Select(named =>
            {
                if (map.TextValue(named.Name) is not { } text)
                {
                    return TraitRange.Any;
                }

                if (TraitRange.Parse(text.Text) is { } range)
                {
                    return range;
                }

                text.Fault($"\"{text}\" is no range. Write \"below 2\", \"from 2\", \"from 2 below 4\", \"unknown\", or \"unknown or from 2\".");
                return TraitRange.Any;
            }),
        ]);
}
