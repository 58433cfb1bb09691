using System.Net;

namespace Warehouse.Client;

/// <summary>The service did not do what it was asked: what was found, what was expected, and where.</summary>
public sealed class WarehouseException : Exception
{
    internal WarehouseException(HttpStatusCode? status, string code, string detail, IReadOnlyList<DefinitionFault> faults, TimeSpan? retryAfter, Exception? cause = null)
        : base(detail, cause) =>
        (Status, Code, Faults, RetryAfter) = (status, code, faults, retryAfter);

    /// <summary>The HTTP status; null where no answer came.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>By which problems are told apart: wrong-request, who-are-you, forbidden, impossible-now, definition, too-many-requests, …; <c>unreachable</c> where no answer came.</summary>
    public string Code { get; }

    /// <summary>The places of a definition or a query that are wrong; none where it is about something else.</summary>
    public IReadOnlyList<DefinitionFault> Faults { get; }

    /// <summary>After how long it is worth to ask again; null where the service says nothing of it.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>A place of a definition that is wrong.</summary>
/// <param name="File">The file, relative to the workspace.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Names">The names that would have been right.</param>
public sealed record DefinitionFault(string? File, int? Line, int? Column, string Message, IReadOnlyList<string>? Names);
