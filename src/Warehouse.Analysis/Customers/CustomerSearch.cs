using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Analysis.Customers;

/// <summary>Finds customers by the beginning of what they are known by.</summary>
public static class CustomerSearch
{
    /// <summary>The least that has to be given, in characters: less is the beginning of too much.</summary>
    public const int LeastLength = 2;

    /// <summary>
    /// Customers of whom an identifier, the company's or a source's (<c>crm:C17</c> or <c>C17</c>), begins with a text, whatever its case.
    /// </summary>
    /// <param name="connection">The warehouse.</param>
    /// <param name="text">The beginning.</param>
    /// <param name="withContacts">Whether e-mail addresses and phone numbers (their digits) count too.</param>
    /// <param name="most">At most so many are given.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The customers, those found by the company's identifier first.</returns>
    /// <exception cref="WrongCommandException">The text is too short.</exception>
    public static async Task<IReadOnlyList<FoundCustomer>> FindAsync(
        DbConnection connection, string text, bool withContacts, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var wanted = text.Trim();
        if (wanted.Length < LeastLength)
        {
            throw new WrongCommandException(FormattableString.Invariant($"\"{wanted}\" is too short to look for: at least {LeastLength} characters."));
        }

        return await connection.RowsAsync(
            SqlFile.Read(typeof(CustomerSearch), "Customers/search.sql"),
            row => new FoundCustomer(
                row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.TextOrNull(4), row.TextOrNull(5), row.ValueOrNull<DateOnly>(6)),
            cancellationToken,
            ("text", wanted),
            ("digits", wanted.Any(char.IsLetter) ? "" : string.Concat(wanted.Where(char.IsAsciiDigit))),
            ("with_contacts", withContacts),
            ("most", (long)most));
    }
}

/// <summary>A customer who was found.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The company's identifier.</param>
/// <param name="Kind">What was found: customer, the name of a source, e-mail or phone.</param>
/// <param name="Matched">The identifier that begins with the text.</param>
/// <param name="City">City; null where not known, as all that follow.</param>
/// <param name="Country">Country.</param>
/// <param name="RegisteredOn">When he registered.</param>
public sealed record FoundCustomer(int CustomerKey, string CustomerId, string Kind, string Matched, string? City, string? Country, DateOnly? RegisteredOn);
