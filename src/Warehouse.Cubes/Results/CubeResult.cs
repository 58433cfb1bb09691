namespace Warehouse.Cubes.Results;

/// <summary>An answer, and what it came from.</summary>
public sealed record CubeResult
{
    /// <summary>The state of the data; null where the engine was not told how to read it.</summary>
    public required GenerationStamp? Generation { get; init; }

    /// <summary>The last day whose knowledge counts; null where all does.</summary>
    public required DateOnly? AsOf { get; init; }

    /// <summary>The model's hash: see <see cref="CubeModel.Hash"/>.</summary>
    public required string Definition { get; init; }

    /// <summary>Members first, then measures.</summary>
    public required IReadOnlyList<CubeColumn> Columns { get; init; }

    public required IReadOnlyList<CubeRow> Rows { get; init; }
}

/// <summary>A row of an answer.</summary>
/// <param name="Values">In the order of the columns; null where there is no value, and for members that the row is a total over.</param>
/// <param name="Total">Bit i is 1 where the row is a total over the i-th member; 0 for a row of the finest level.</param>
/// <param name="Rest">Bit i is 1 where the row is the rest of the i-th member: all that do not have rows of their own.</param>
public sealed record CubeRow(object?[] Values, int Total, int Rest)
{
    /// <summary>The value of a text member in the row of the rest.</summary>
    public const string RestText = "Others";

    /// <summary>Whether the row is a total over any member.</summary>
    public bool IsTotal => Total != 0;
}
