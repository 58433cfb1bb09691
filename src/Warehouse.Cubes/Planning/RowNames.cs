using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Planning;

/// <summary>What names mean in an expression over rows.</summary>
internal abstract class RowNames
{
    public abstract Typed Resolve(Name name, ExpressionSource source);

    public virtual Typed IsUnknown(Name dimension, ExpressionSource source) =>
        throw source.Fault(dimension, "Whether a dimension is unknown can be asked in the conditions of queries and cubes alone.");

    public virtual Typed Top(TopMembers top, ExpressionSource source) =>
        throw source.Fault(top, "The first members by a measure can be asked for in the « where » of a query alone.");
}
