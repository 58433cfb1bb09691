using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;
using Warehouse.Service.Access;
using Warehouse.Store;

namespace Warehouse.Service.Api;

/// <summary>
/// By what an answer is known to be the same again: the state of the warehouse, the definitions, the day, what was asked, in which
/// form, and what the asker may see.
/// </summary>
internal sealed class AnswerTag(RunningDatabase running, Definitions definitions)
{
    private readonly string _start = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The entity tag of the answer to a request.</summary>
    public string Of(HttpRequest request, Visitor visitor, AnswerForm form, Lasting lasts) => Of($"{request.GetEncodedPathAndQuery()}\n{form.Name}", visitor, lasts);

    /// <summary>The entity tag of the answer to what was asked.</summary>
    public string Of(string asked, Visitor visitor, Lasting lasts)
    {
        var state = FormattableString.Invariant(
            $"{_start}\n{(lasts == Lasting.UntilPublished ? running.Publications : running.Changes)}\n{definitions.Stamp}\n{definitions.Today:yyyy-MM-dd}\n{visitor.Role.Name}\n{visitor.Key}\n{asked}");
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 12))}\"";
    }

    /// <summary>What the pages of an answer are of: they fit together as long as it is the same, also over a restart.</summary>
    public string OfPages(string asked, Visitor visitor)
    {
        var state = FormattableString.Invariant($"{running.Latest.Number}\n{definitions.Stamp}\n{definitions.Today:yyyy-MM-dd}\n{visitor.Role.Name}\n{visitor.Key}\n{asked}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 12));
    }

    /// <summary>Whether the caller has the answer with this tag.</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known
        && known.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));
}
