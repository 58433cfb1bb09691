using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Warehouse.Cubes.Serving;
using Warehouse.Definitions;

namespace Warehouse.Service.Api;

/// <summary>A fault as programs are told it: <c>application/problem+json</c>, RFC 9457.</summary>
internal static class Problem
{
    private const string Types = "urn:warehouse:problem:";

    /// <summary>What came of a fault that the caller can mend.</summary>
    public static IResult Of(UserFaultException fault) => fault switch
    {
        QueryRefusedException { Reason: QueryRefusal.TooManyWaiting } => Of(StatusCodes.Status429TooManyRequests, "too-many-waiting", "Too many questions are waiting", fault.Message),
        QueryRefusedException { Reason: QueryRefusal.TooLong } => Of(StatusCodes.Status503ServiceUnavailable, "too-long", "It takes too long", fault.Message),
        QueryRefusedException => Of(StatusCodes.Status422UnprocessableEntity, "too-much", "It takes too much", fault.Message),
        DefinitionException definition => Of(StatusCodes.Status422UnprocessableEntity, "definition", "A definition is at fault", fault.Message, definition.Faults),
        { IsWrongCommand: true } => Of(StatusCodes.Status400BadRequest, "wrong-request", "The request is wrong", fault.Message),
        _ => Of(StatusCodes.Status409Conflict, "impossible-now", "It cannot be done now", fault.Message),
    };

    /// <summary>A problem of a status.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">By which programs tell problems apart.</param>
    /// <param name="title">What kind of problem it is, the same for all of a code.</param>
    /// <param name="detail">What was found, what was expected, where, and which names would have been right.</param>
    /// <param name="faults">The places of a definition or a query that are wrong.</param>
    public static IResult Of(int status, string code, string title, string detail, IReadOnlyList<DefinitionFault>? faults = null)
    {
        var problem = new ProblemDetails { Status = status, Type = Types + code, Title = title, Detail = detail };
        problem.Extensions["code"] = code;
        if (faults is not null)
        {
            problem.Extensions["faults"] = faults.Select(fault => new
            {
                fault.File,
                fault.Line,
                fault.Column,
                fault.Message,
                fault.Names,
            });
        }

        return Results.Problem(problem);
    }
}
