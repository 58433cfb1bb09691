using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Rollups;

/// <summary>What a rollup's tables and columns are called.</summary>
internal static class RollupTables
{
    /// <summary>The columns of <see cref="Built"/>.</summary>
    public const string Generation = "generation";
    public const string Definition = "definition";

    /// <summary>The columns of <see cref="Parts"/>.</summary>
    public const string PartitionKey = "part";
    public const string Facts = "facts";
    public const string Fingerprint = "fingerprint";

    /// <summary>The value that a distinct count counts.</summary>
    public const string Value = "value";

    /// <summary>What the rollup was built of, in one row.</summary>
    public static TableName Built(Rollup rollup) => new($"{rollup.Table.Path}_built");

    /// <summary>What each partition was built of: how many facts, and a fingerprint of all that the rollup takes of them.</summary>
    public static TableName Parts(Rollup rollup) => new($"{rollup.Table.Path}_parts");

    /// <summary>Those of the facts as they are now, while it is built.</summary>
    public static TableName NewParts(Rollup rollup) => new($"{rollup.Table.Path}_new_parts");

    /// <summary>The partitions that differ, while it is built.</summary>
    public static TableName Touched(Rollup rollup) => new($"{rollup.Table.Path}_touched");

    /// <summary>Each combination of members with each value that a distinct count counts.</summary>
    public static TableName Values(Rollup rollup, Measure measure) => new(FormattableString.Invariant($"{rollup.Table.Path}_{Place(rollup, measure)}"));

    public static string Key(int place) => FormattableString.Invariant($"k{place}");

    /// <summary>A part of a measure: an average has two.</summary>
    public static string Part(Rollup rollup, Measure measure, int part) => FormattableString.Invariant($"m{Place(rollup, measure)}_{part}");

    public static bool IsDistinct(Measure measure) => measure.Definition is AggregateDefinition { Kind: AggregateKind.CountDistinct };

    private static int Place(Rollup rollup, Measure measure) => rollup.Measures.Select((name, place) => (name, place)).First(known => known.name == measure.Name).place;
}
