using System.Globalization;

namespace Warehouse.Etl.Tests.Identities;

/// <summary>A load looks only at those whom it concerns, and comes to what looking at everybody would.</summary>
public sealed class IncrementalIdentityTests : EtlTest
{
    private const string Rules =
        """
        rules:
        - {match: loyalty, at_most: 3}
        - {match: email, at_most: 3}
        - {match: [phone, given_name], unless_different: birth_year, at_most: 4}
        - {match: [given_name, postcode], unless_different: [gender, birth_year], at_most: 3}

        """;

    private const string Persons =
        "SELECT customer_key, string_agg(source || ':' || source_id, ' ' ORDER BY source, source_id) FROM star.customer_identity GROUP BY customer_key ORDER BY 1";

    private const string Links =
        """
        SELECT one.source || ':' || one.source_id AS one, other.source || ':' || other.source_id AS other, link.rule, link.matched
        FROM star.identity_link AS link
        JOIN star.customer_identity AS one USING (identity_key)
        JOIN star.customer_identity AS other ON other.identity_key = link.other_identity_key
        ORDER BY ALL
        """;

    private const string Versions =
        "SELECT customer_key, CAST(valid_from AS VARCHAR), city, birth_year, is_inferred FROM star.dim_customer WHERE customer_key >= 0 ORDER BY ALL";

    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        seeds.AddRange([.. Enumerable.Range(1, Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 200 : 3)]);
        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnyHistory_ComesToWhatLookingAtEverybodyDoes(int seed)
    {
        Feed("crm", "source: {files: \"data/crm*.csv\"}\nidentity: crm\ninto: customer\ncolumns: {id: id, given_name: given, email: email, phone: phone, postcode: postcode, city: city, birth_year: born, gender: gender}\nidentifiers:\n- {identity: loyalty, from: card}");
        Feed("web", "source: {files: \"data/web*.csv\"}\nidentity: web\ninto: customer\ncolumns: {id: id, given_name: given, email: email, phone: phone, postcode: postcode, city: city, birth_year: born, gender: gender}\nidentifiers:\n- {identity: loyalty, from: card}");
        Feed("sales", SaleFeed.Replace("customer: customer", "customer: [{from: card, identity: loyalty}, {from: customer, identity: web}]", StringComparison.Ordinal));
        var random = new Random(seed);
        var decisions = new List<string>();
        for (var batch = 0; batch < 6; batch++)
        {
            WriteBatch(random, batch);
            Decide(random, decisions);
            Warehouse.Folder.Write("identity.yaml", Rules + "survivors: {city: [web, crm]}\ndecisions:\n" + string.Concat(decisions));
            Time.Advance(TimeSpan.FromDays(1));
            await LoadAsync();
            Assert.Equal(["0"], await RowsAsync(Star.StrayVersions));
        }

        var found = await FoundAsync();
        var kept = await RowsAsync("SELECT rule, match_key, identity_key FROM star.identity_match ORDER BY ALL");
        // A rule by which nobody can be matched makes everybody be looked at anew.
        Warehouse.Folder.Write("identity.yaml", Rules + "- {match: household_id}\nsurvivors: {city: [web, crm]}\ndecisions:\n" + string.Concat(decisions));
        Assert.NotNull((await LoadAsync()).Generation);
        Assert.Equal(found, await FoundAsync());
        Assert.Equal(kept, await RowsAsync("SELECT rule, match_key, identity_key FROM star.identity_match ORDER BY ALL"));
        Assert.Equal("0", await RowAsync("SELECT identities_moved FROM ops.identity_run ORDER BY generation DESC LIMIT 1"));
    }

    [Fact]
    public async Task LoadThatConcernsNobody_LooksAtNobody()
    {
        Feed("crm", "source: {files: \"data/crm*.csv\"}\nidentity: crm\ninto: customer\ncolumns: {id: id, email: email}");
        Warehouse.Folder.Write("identity.yaml", "rules: [{match: email}]\n");
        Data("crm1.csv", "id,email\nC1,a@x.org\nC2,a@x.org\nC3,b@x.org\n");
        await LoadAsync();
        Time.Advance(TimeSpan.FromDays(1));
        Data("crm2.csv", "id,email\nC4,B@x.org\n");
        await LoadAsync();
        Assert.Equal(["C1 | 0 | 1", "C2 | 0 | 1", "C3 | 2 | 1", "C4 | 2 | 2"], await RowsAsync("SELECT source_id, customer_key, generation FROM star.customer_identity ORDER BY 1"));
        // The link that held before is of its own generation, and of the later load only the new one was looked at.
        Assert.Equal(["1 | a@x.org", "2 | b@x.org"], await RowsAsync("SELECT generation, matched FROM star.identity_link ORDER BY 1"));
        Assert.Equal(["1 | 1", "2 | 1"], await RowsAsync("SELECT generation, links FROM ops.identity_run ORDER BY 1"));
    }

    private async Task<string[]> FoundAsync() => [.. await RowsAsync(Persons), .. await RowsAsync(Links), .. await RowsAsync(Versions)];

    private void WriteBatch(Random random, int batch)
    {
        foreach (var source in new[] { "crm", "web" })
        {
            var rows = Enumerable.Range(0, random.Next(6)).Select(_ => string.Join(
                ',',
                $"{source[0]}{random.Next(9)}", Some(random, "Ann", "Bo"), Some(random, "a@x", "b@x", "c@x", "d@x", "e@x"), Some(random, "111222333", "+44 111222333", "999888777"),
                Some(random, "Y1", "B1"), Some(random, "York", "Bath"), Some(random, "1980", "1955"), Some(random, "f", "m"), Some(random, "L1", "L2", "L3", "L4")));
            Data($"{source}{batch}.csv", "id,given,email,phone,postcode,city,born,gender,card,batch\n" + string.Concat(rows.Select(row => $"{row},{batch}\n")));
        }

        Data($"sales{batch}.csv", $"order,line,at,customer,card,product,quantity,price\nO{batch},1,2026-05-0{batch + 1},w{random.Next(12)},{Some(random, "L1", "L5")},P,1,1\n");
    }

    /// <summary>Two in three times nothing is known.</summary>
    private static string Some(Random random, params string[] values) => random.Next(3) == 0 ? values[random.Next(values.Length)] : "";

    private static void Decide(Random random, List<string> decisions)
    {
        if (decisions.Count > 0 && random.Next(3) == 0)
        {
            decisions.RemoveAt(random.Next(decisions.Count));
        }

        if (random.Next(2) == 0)
        {
            string[] labels = [.. Enumerable.Range(0, 9).SelectMany(number => new[] { $"crm:c{number}", $"web:w{number}", $"loyalty:L{(number % 4) + 1}" }).Distinct()];
            random.Shuffle(labels);
            decisions.Add(string.Create(CultureInfo.InvariantCulture, $"- {{{(random.Next(2) == 0 ? "same" : "different")}: [{string.Join(", ", labels.Take(random.Next(2, 4)))}], because: b{random.Next(1000)}}}\n"));
        }
    }
}
