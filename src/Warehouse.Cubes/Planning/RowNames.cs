using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>What names mean in an expression over rows.</summary>
internal abstract class RowNames
{
    public abstract Typed Resolve(Name name, ExpressionSource source);

    /// <summary>The facts whose names these are; null where they are a table's columns.</summary>
    public virtual FactScope? Scope => null;

    /// <summary>The role that a member's name is of; null where it is no member's.</summary>
    public virtual DimensionRole? Role(Name name) => null;

    /// <summary>What the same names mean in pairs of facts and members.</summary>
    public virtual RowNames Within(FactScope pairs) => this;

    /// <summary>The members that a name stands for, where they are computed of others.</summary>
    public virtual CalculatedMembers? Calculated(Name name, ExpressionSource source) =>
        name.Second is { } field ? Role(name)?.Dimension.Attributes.GetValueOrDefault(field)?.Calculated : null;

    public virtual Typed IsUnknown(Name dimension, ExpressionSource source) =>
        throw source.Fault(dimension, "Whether a dimension is unknown can be asked in the conditions of queries and cubes alone.");

    public virtual Typed Top(TopMembers top, ExpressionSource source) =>
        throw source.Fault(top, "The first members by a measure can be asked for in the « where » of a query alone.");

    /// <summary>The one value of a member that a fact has.</summary>
    protected static Typed One(FactScope scope, DimensionRole role, DimensionField field, Name name, ExpressionSource source)
    {
        RequireOne(role, name, source);
        MemberNames.RequireOwnValues(name, field, source);
        return scope.Member(role, field);
    }

    /// <exception cref="UserFaultException">A fact may have several values of the member.</exception>
    protected static void RequireOne(DimensionRole role, Name name, ExpressionSource source)
    {
        if (role.IsMany)
        {
            throw source.Fault(name, $"A fact has any number of {name.Text}: it stands in a condition of its own, and rows can be by it.");
        }
    }
}
