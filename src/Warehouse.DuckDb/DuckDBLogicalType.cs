using System.Globalization;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <summary>A column's whole type, nested types included. It outlives the result that it came from.</summary>
public sealed class DuckDBLogicalType
{
    internal DuckDBLogicalType(DuckDBType id) => Id = id;

    /// <summary>The type at the top: for <c>INTEGER[]</c> it is <see cref="DuckDBType.List"/>.</summary>
    public DuckDBType Id { get; }

    /// <summary>A DECIMAL's number of digits, 1 to 38; otherwise 0.</summary>
    public int Width { get; internal init; }

    /// <summary>A DECIMAL's number of digits after the point; otherwise 0.</summary>
    public int Scale { get; internal init; }

    /// <summary>How many elements each value of an ARRAY has; otherwise 0.</summary>
    public int ArrayLength { get; internal init; }

    /// <summary>An ENUM's names by their numbers in the data; otherwise empty.</summary>
    public IReadOnlyList<string> EnumNames { get; internal init; } = [];

    /// <summary>
    /// The members: a LIST's or ARRAY's one element, a MAP's <c>key</c> and <c>value</c>, a STRUCT's fields, a UNION's
    /// members; otherwise empty.
    /// </summary>
    public IReadOnlyList<DuckDBTypeMember> Members { get; internal init; } = [];

    /// <summary>The name under which the type was created (<c>JSON</c> is an alias of VARCHAR); null when it has none.</summary>
    public string? Alias { get; internal init; }

    /// <summary>How values lie in memory, which for DECIMAL and ENUM depends on width and size.</summary>
    internal DuckDBType Storage { get; init; }

    /// <summary>The type's name as SQL writes it.</summary>
    public override string ToString() => Alias ?? Id switch
    {
        DuckDBType.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Width},{Scale})"),
        DuckDBType.List => $"{Members[0].Type}[]",
        DuckDBType.Array => string.Create(CultureInfo.InvariantCulture, $"{Members[0].Type}[{ArrayLength}]"),
        DuckDBType.Map => $"MAP({Members[0].Type}, {Members[1].Type})",
        DuckDBType.Struct => $"STRUCT({MemberList()})",
        DuckDBType.Union => $"UNION({MemberList()})",
        DuckDBType.Enum => $"ENUM({string.Join(", ", EnumNames.Select(name => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"))})",
        _ => TypeNames.Of(Id),
    };

    private string MemberList() =>
        string.Join(", ", Members.Select(member => $"{DuckDBCommandBuilder.Quote(member.Name)} {member.Type}"));
}

/// <summary>A part of a nested type.</summary>
/// <param name="Name">The field's name; empty for the element of a LIST or ARRAY.</param>
/// <param name="Type">Its type.</param>
public sealed record DuckDBTypeMember(string Name, DuckDBLogicalType Type);
