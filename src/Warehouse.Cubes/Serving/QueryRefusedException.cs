using Warehouse.Definitions;

namespace Warehouse.Cubes.Serving;

/// <summary>A query was not answered because it would take more than it may. Nothing is wrong with the question.</summary>
public sealed class QueryRefusedException(string message, QueryRefusal reason, Exception? cause = null) : UserFaultException(message, cause)
{
    public QueryRefusal Reason { get; } = reason;
}

/// <summary>Which limit of <see cref="QueryLimits"/> a query met.</summary>
public enum QueryRefusal
{
    TooManyWaiting,
    TooLong,
    TooManyRows,
    TooMuchMemory,
}
