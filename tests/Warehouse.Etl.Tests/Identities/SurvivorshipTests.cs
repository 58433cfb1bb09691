using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Etl.Tests.Identities;

/// <summary>Of several sources that speak of one person the word holds that the definition prefers, at every time, as a model says.</summary>
public sealed class SurvivorshipTests : EtlTest
{
    private static readonly string[] Attributes = ["city", "occupation", "gender", "language", "region"];
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        seeds.AddRange([.. Enumerable.Range(1, Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 200 : 3)]);
        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnyWords_GiveThePersonOfTheModel(int seed)
    {
        var random = new Random(seed);
        string[] sources = ["crm", "web", "shop"];
        foreach (var source in sources)
        {
            Feed(source, $"source: {{files: \"data/{source}*.csv\"}}\nidentity: {source}\nknown: at_event\ninto: customer\ncolumns: {{id: id, valid_from: since, email: mail, {string.Join(", ", Attributes.Select(name => $"{name}: {name}"))}}}");
        }

        Warehouse.Folder.Write("identity.yaml", "rules: [{match: email}]\n");
        // Each source has two identifiers; the e-mail address makes one person of all that share it.
        var words = new List<Word>();
        foreach (var source in sources)
        {
            for (var number = 0; number < 2; number++)
            {
                words.AddRange(Enumerable.Range(1, 300).OrderBy(_ => random.Next()).Take(random.Next(1, 6)).Select(minute => new Word(
                    source, $"{source}{number}", Start.AddMinutes(minute * 7).AddSeconds(Array.IndexOf(sources, source) + (3 * number)),
                    [.. Attributes.Select((_, place) => random.Next(3) == 0 ? $"{place}{random.Next(3)}" : null)])));
            }
        }

        foreach (var (place, word) in words.OrderBy(_ => random.Next()).Index())
        {
            Data($"{word.Source}{place}.csv", $"id,since,mail,{string.Join(',', Attributes)}\n{word.Id},{word.Since:yyyy-MM-dd HH:mm:ss},{word.Id[^1]}@x,{string.Join(',', word.Values)}\n");
        }

        await LoadAsync();
        foreach (var rules in new[] { "", "survivors:\n  city: [web, crm]\n  occupation: complete\n  gender: latest\n  language: shop\n  region: [crm, web, shop]\n" })
        {
            // The rules are applied to what is there already, and taken back.
            Warehouse.Folder.Write("identity.yaml", "rules: [{match: email}]\n" + rules);
            await LoadAsync();
            Assert.Equal(Model(words, rules.Length > 0), await RowsAsync($"SELECT customer_id[-1:] || ' ' || strftime(valid_from, '%Y-%m-%d %H:%M:%S'), {string.Join(", ", Attributes)} FROM star.dim_customer WHERE customer_key >= 0 ORDER BY 1"));
            Assert.Equal(
                await RowsAsync("SELECT customer_key, CAST(valid_from AS VARCHAR), city, occupation, gender, language, region FROM star.dim_customer WHERE customer_key >= 0 ORDER BY ALL"),
                await RowsAsync("SELECT customer_key, CAST(valid_from AS VARCHAR), city, occupation, gender, language, region FROM star.customer_as_of(TIMESTAMPTZ '9999-01-01 00:00:00+00') ORDER BY ALL"));
            Assert.Equal(
                await RowsAsync($"SELECT customer_key, attribute, value FROM (UNPIVOT (SELECT * FROM star.dim_customer WHERE is_current AND customer_key >= 0) ON {string.Join(", ", Attributes)} INTO NAME attribute VALUE value) ORDER BY ALL"),
                await RowsAsync($"SELECT customer_key, attribute, value FROM star.customer_survivor WHERE attribute IN ('{string.Join("', '", Attributes)}') ORDER BY ALL"));
        }
    }

    [Fact]
    public async Task Candidates_NameTheWordThatHolds_AndThoseThatLost_AndReachFollows()
    {
        Feed("crm", "source: {files: \"data/crm*.csv\"}\nidentity: crm\ninto: customer\ncolumns: {id: id, valid_from: since, household_id: home, email: email, street: street}");
        Feed("web", "source: {files: \"data/web*.csv\"}\nidentity: web\ninto: customer\ncolumns: {id: id, valid_from: since, household_id: home, email: email, street: street}");
        Warehouse.Folder.Write("identity.yaml", "rules: [{match: household_id}]\nsurvivors: {email: [crm]}\n");
        Data("crm1.csv", "id,since,home,email,street\nC1,2020-01-01,H,old@x,\n");
        Data("web1.csv", "id,since,home,email,street\nW1,2024-01-01,H,new@x,High Street\n");
        await LoadAsync();
        Assert.Equal(
            ["email | old@x | crm | C1 | 2020-01-01 | data/crm1.csv | sources | 1", "email | new@x | web | W1 | 2024-01-01 | data/web1.csv | sources | 2", "street | High Street | web | W1 | 2024-01-01 | data/web1.csv | latest | 1"],
            await RowsAsync("""
                SELECT attribute, value, candidate.source, source_id, CAST(CAST(valid_from AS DATE) AS VARCHAR), load.source, rule, rank
                FROM star.customer_candidate AS candidate JOIN ops.load AS load USING (load_key)
                WHERE attribute IN ('email', 'street') ORDER BY attribute, rank
                """));
        Assert.Equal("old@x | High Street", await RowAsync("SELECT email, street FROM star.customer_contact"));
        Warehouse.Folder.Write("identity.yaml", "rules: [{match: household_id}]\n");
        await LoadAsync();
        Assert.Equal("new@x | High Street", await RowAsync("SELECT email, street FROM star.customer_contact"));
        Assert.Equal("new@x | 1", await RowAsync("SELECT value, rank FROM star.customer_candidate WHERE attribute = 'email' AND source = 'web'"));
    }

    [Theory]
    [InlineData("survivors: {emial: [crm]}", "\"emial\" is no attribute of customers. Did you mean \"email\"?")]
    [InlineData("survivors: {email: lastest}", "Did you mean \"latest\"?")]
    [InlineData("survivors: {email: [crm, wbe]}", "\"wbe\" is neither latest, nor complete, nor a source of customers.")]
    [InlineData("survivors: {consent: latest}", "\"consent\" is no attribute of customers.")]
    public async Task FaultyDefinition_IsToldWithItsPlace(string yaml, string fault)
    {
        Feed("crm", "source: {files: data/crm.csv}\nidentity: crm\ninto: customer\ncolumns: {id: id}");
        Data("crm.csv", "id\nC1\n");
        Warehouse.Folder.Write("identity.yaml", yaml);
        Assert.Contains(fault, (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    /// <summary>The versions of both persons: after each word, of each attribute the word of the identifier that is preferred.</summary>
    private static List<string> Model(List<Word> words, bool hasRules)
    {
        var rows = new List<string>();
        foreach (var person in words.GroupBy(word => word.Id[^1]).OrderBy(person => person.Key))
        {
            var told = person.OrderBy(word => word.Since).ToArray();
            string? before = null;
            for (var count = 1; count <= told.Length; count++)
            {
                var values = Attributes.Select((name, place) => Holds(told[..count], name, place, hasRules) ?? "NULL");
                var content = string.Join(" | ", values);
                if (content != before)
                {
                    rows.Add($"{person.Key} {(before is null ? "0001-01-01 00:00:00" : told[count - 1].Since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))} | {content}");
                    before = content;
                }
            }
        }

        return rows;
    }

    private static string? Holds(Word[] told, string attribute, int place, bool hasRules)
    {
        // How many attributes each identifier told so far, the e-mail address among them.
        var known = told.GroupBy(word => word.Id).ToDictionary(
            word => word.Key, word => 1 + Attributes.Select((_, other) => other).Count(other => word.Any(one => one.Values[other] is not null)));
        var last = told.Where(word => word.Values[place] is not null).GroupBy(word => word.Id).Select(word => word.Last());
        string[] order = attribute switch { "city" => ["web", "crm"], "language" => ["shop"], _ => ["crm", "web", "shop"] };
        Func<Word, int> score = (hasRules ? attribute : "") switch
        {
            "city" or "language" or "region" => word => Array.IndexOf(order, word.Source) is >= 0 and var at ? -at : -99,
            "occupation" => word => known[word.Id],
            _ => _ => 0,
        };
        return last.OrderByDescending(score).ThenByDescending(word => word.Since).FirstOrDefault()?.Values[place];
    }

    private sealed record Word(string Source, string Id, DateTime Since, string?[] Values);
}
