using Warehouse.Analysis.Customers;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Customers;

public class CustomerSearchTests
{
    [Theory]
    [InlineData("c1", "C1 customer C1;C10 customer C10")]
    [InlineData("LOY-7", "C2 loyalty loy-7;C3 loyalty loy-77")]
    [InlineData("loyalty:loy-77", "C3 loyalty loy-77")]
    [InlineData("ann@example.org", "C2 email ann@example.org")]
    [InlineData("%_", "")]
    public async Task ABeginning_FindsEveryoneWhoHasIt_OnceEach(string text, string expected) => Assert.Equal(expected, await FoundAsync(text));

    [Theory]
    [InlineData("ann@", "")]
    [InlineData("bert@", "")]
    [InlineData("4420", "")]
    public async Task WithoutContacts_TheBeginningOfAnAddressOrANumber_FindsNobody(string text, string expected) => Assert.Equal(expected, await FoundAsync(text));

    [Theory]
    [InlineData("ann@", "C2 email ann@example.org")]
    [InlineData("BERT@", "C3 e-mail bert@example.org")]
    [InlineData("+44 20", "C3 phone +44 (20) 7946-0000")]
    public async Task WithContacts_ItFindsThem(string text, string expected) => Assert.Equal(expected, await FoundAsync(text, withContacts: true));

    [Fact]
    public async Task OneLetter_IsTooShort() => await Assert.ThrowsAsync<WrongCommandException>(() => FoundAsync(" c "));

    [Fact]
    public async Task NoMoreAreGiven_ThanWereAskedFor() => Assert.Equal("C1 customer C1", await FoundAsync("C1", most: 1));

    private static async Task<string> FoundAsync(string text, bool withContacts = false, int most = 50)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(1, 2, 3, 10);
        await warehouse.RunAsync(
            """
            INSERT INTO star.customer_identity BY NAME
            SELECT source, source_id, customer_key, 'own' AS rule, TIMESTAMPTZ '2024-01-01 00:00:00+00' AS known_at, 0 AS generation, -1 AS load_key,
                0 AS source_line, row_number() OVER () AS identity_key, customer_key AS home_key
            FROM (VALUES ('loyalty', 'loy-7', 2), ('loyalty', 'loy-77', 3), ('loyalty', 'loy-78', -1), ('email', 'ann@example.org', 2)) AS known (source, source_id, customer_key);
            INSERT INTO star.customer_contact (customer_key, email, phone, known_at, generation, load_key, source_line)
            VALUES (3, 'bert@example.org', '+44 (20) 7946-0000', TIMESTAMPTZ '2024-01-01 00:00:00+00', 0, -1, 0)
            """);
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var found = await CustomerSearch.FindAsync(connection, text, withContacts, most, default);
        return string.Join(';', found.Select(one => $"{one.CustomerId} {one.Kind} {one.Matched}"));
    }
}
