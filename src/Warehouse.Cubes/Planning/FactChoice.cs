using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Which of a row's facts a measure counts, and which part of each. Equal where the same facts are counted.</summary>
internal sealed class FactChoice : IEquatable<FactChoice>
{
    private readonly IReadOnlyList<ChosenFacts> _only;
    private readonly string _key;

    private FactChoice(IReadOnlyList<ChosenFacts> only, IReadOnlyList<string> allocated, IReadOnlyList<string> own)
    {
        (_only, Allocated, Own) = (only, allocated, own);
        _key = string.Join('\n', only.Select(each => each.Key).Append("").Concat(allocated).Append("").Concat(own));
    }

    /// <summary>All facts of the row, whole.</summary>
    public static FactChoice All { get; } = new([], [], []);

    public bool IsAll => _only.Count + Allocated.Count + Own.Count == 0;

    /// <summary>The roles by whose weights a fact is divided among its members.</summary>
    public IReadOnlyList<string> Allocated { get; }

    /// <summary>The roles of which a fact counts for its own member alone, for none above it.</summary>
    public IReadOnlyList<string> Own { get; }

    /// <summary>Only facts for which a condition holds, or only those for which it does not.</summary>
    public FactChoice Of(SourcedExpression condition, Cube home, bool isRest) => new([.. _only, new ChosenFacts(condition, home, isRest)], Allocated, Own);

    public FactChoice AllocatedBy(string role) => new(_only, [.. Allocated.Append(role).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], Own);

    public FactChoice OwnOf(string role) => new(_only, Allocated, [.. Own.Append(role).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>What tells passes over facts apart: which facts are aggregated does not.</summary>
    public FactChoice Pass => _only.Count == 0 ? this : new FactChoice([], Allocated, Own);

    /// <summary>The condition on facts; null where all count.</summary>
    public SqlExpression? Filter(FactScan scan) => _only.Count == 0 ? null : SqlExpression.And([.. _only.Select(each =>
    {
        var holds = scan.Condition(each.Condition, each.Home);
        return each.IsRest ? new SqlPrefix("NOT", new SqlCall("coalesce", holds, SqlKeyword.False)) : holds;
    })]);

    public bool Equals(FactChoice? other) => other is not null && _key == other._key;

    public override bool Equals(object? obj) => Equals(obj as FactChoice);

    public override int GetHashCode() => string.GetHashCode(_key, StringComparison.Ordinal);

    /// <param name="Condition">On members of <paramref name="Home"/>.</param>
    /// <param name="Home">Whose names the condition has.</param>
    /// <param name="IsRest">Whether those facts count for which it does not hold, also where something is missing.</param>
    private sealed record ChosenFacts(SourcedExpression Condition, Cube Home, bool IsRest)
    {
        /// <summary>A query and the model may mean different things by the same words.</summary>
        public string Key => $"{Home.Name} {Condition.Source is QuerySource} {IsRest} {Condition.Expression}";
    }
}
