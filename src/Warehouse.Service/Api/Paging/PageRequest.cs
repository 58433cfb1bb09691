using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Warehouse.Definitions;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Api.Paging;

/// <summary>
/// The page of a table that a request asks for: the first by <c>page-size</c>, each further one by the <c>cursor</c> that the page
/// before it named. A cursor holds as long as the data and the definitions are those of the first page.
/// </summary>
/// <param name="First">How many rows are before it.</param>
/// <param name="Size">At most so many rows.</param>
/// <param name="State">What the pages are of, as a text; null where it is the first page.</param>
internal sealed record PageRequest(int First, int Size, string? State)
{
    /// <summary>The parameters that say it.</summary>
    public const string SizeParameter = "page-size";

    /// <inheritdoc cref="SizeParameter"/>
    public const string CursorParameter = "cursor";

    /// <summary>How many rows the whole table has.</summary>
    public const string RowsHeader = "Warehouse-Rows";

    /// <summary>The most rows of a page.</summary>
    public const int MostRows = 100_000;

    /// <summary>The page that is asked for; null for everything.</summary>
    /// <exception cref="WrongCommandException">It makes no sense.</exception>
    public static PageRequest? Of(HttpRequest request)
    {
        var (size, cursor) = (request.Query[SizeParameter].ToString(), request.Query[CursorParameter].ToString());
        if (cursor.Length > 0)
        {
            return size.Length > 0
                ? throw new WrongCommandException($"A {CursorParameter} knows its {SizeParameter}: send it alone.")
                : Read(cursor) ?? throw new WrongCommandException($"This {CursorParameter} is none that the service gave.");
        }

        return size.Length == 0 ? null
            : int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is > 0 and <= MostRows ? new PageRequest(0, rows, null)
            : throw new WrongCommandException(FormattableString.Invariant($"{SizeParameter} is a number of rows from 1 to {MostRows}, not \"{size}\"."));
    }

    /// <summary>The part of the table.</summary>
    public RowPage ToRows() => new(First, Size);

    /// <summary>The links from this page to others (RFC 8288).</summary>
    public string Links(HttpRequest request, string state, int rows)
    {
        var links = new List<string> { Link(request, new PageRequest(0, Size, state), "first") };
        if (First > 0)
        {
            links.Add(Link(request, new PageRequest(Math.Max(0, First - Size), Size, state), "prev"));
        }

        if ((long)First + Size < rows)
        {
            links.Add(Link(request, new PageRequest(First + Size, Size, state), "next"));
        }

        return string.Join(", ", links);
    }

    private static string Link(HttpRequest request, PageRequest page, string relation)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in request.Query.Where(pair => pair.Key is not (SizeParameter or CursorParameter)))
        {
            query.Add(name, values.Select(value => value ?? ""));
        }

        query.Add(CursorParameter, page.Text());
        return $"<{request.PathBase}{request.Path}{query}>; rel=\"{relation}\"";
    }

    private static PageRequest? Read(string cursor)
    {
        try
        {
            return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.') is [var first, var size, var state]
                && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
                && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is > 0 and <= MostRows
                ? new PageRequest(before, rows, state)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string Text() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{First}.{Size}.{State}")));
}
