using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Launches;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Suppression;
using Warehouse.Store;

namespace Warehouse.Benchmarks.Campaigns;

/// <summary>
/// Previews of segments among many customers, and a list that is built and exported beside DuckDB's own <c>COPY</c> of the same rows.
/// Processor time is given beside the clock, for other work on the machine moves the clock alone.
/// </summary>
internal static class CampaignFigures
{
    private static readonly DateOnly Date = new(2024, 12, 31);

    private static readonly (string Name, string Text)[] Segments =
    [
        ("attributes", "where: {country: [IE, FR], birth_year: {from: 1970}}\n"),
        ("scores", "where: {rfm_segment: [At Risk, Cannot Lose Them], value: {from: 100}}\n"),
        ("mixed", "where: {tier: [A], recency_days: {from: 90}, not: {country: GB}}\n"),
        ("consenting", "where: {tier: [A], consent: email}\n"),
        ("buyers", "where: {bought: {times: {from: 2}, within: 12m}}\n"),
        ("drawn", "where: {sample: {share: 0.1, seed: x}}\n"),
        ("exported", "where: {city: listed}\n"),
    ];

    /// <summary>Makes as many customers as asked for (200,000 by default) with two lines each, and prints a Markdown table of medians.</summary>
    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var customers = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 200_000;
        var exported = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : 100_000;
        var rounds = options.Length > 2 ? int.Parse(options[2], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("warehouse-benchmark-").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, Workspace.FileName), "name: benchmark\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\nlimits: {threads: 2}\n");
            Directory.CreateDirectory(Path.Combine(folder, Segment.Folder));
            Directory.CreateDirectory(Path.Combine(folder, Destination.Folder));
            foreach (var (name, text) in Segments)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, Segment.Folder, name + ".yaml"), text);
            }

            await File.WriteAllTextAsync(
                Path.Combine(folder, Destination.Folder, "list.yaml"),
                "to: file\npath: exports/{list}.csv\nchannel: email\ncolumns: {Id: customer_id, Email: email, Name: family_name, Country: country, Value: value}\n");
            Directory.CreateDirectory(Path.Combine(folder, CampaignPlan.Folder));
            await File.WriteAllTextAsync(
                Path.Combine(folder, CampaignPlan.Folder, "mailing.yaml"),
                "segment: exported\nchannel: email\ncost_per_contact: 0.5\nwaves: [{starts_on: 2025-01-01, ends_on: 2025-01-15}]\ncontrol: {share: 0.1}\n");
            var workspace = Workspace.Open(folder);
            await using var database = await WarehouseDatabase.OpenAsync(workspace, TimeProvider.System, CancellationToken.None);
            await using var connection = await database.ConnectAsync(CancellationToken.None);
            await FillAsync(connection, customers, exported);
            await WriteAsync(output, database, connection, customers, rounds);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(TextWriter output, WarehouseDatabase database, DbConnection connection, int customers, int rounds)
    {
        var segments = Segment.ReadAll(database.Workspace);
        var population = new PopulationOptions(AsOf.EndOf(Date, TimeZoneInfo.Utc));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{customers:#,##0} customers, {2L * customers:#,##0} lines, medians of {rounds}"));
        await output.WriteLineAsync("| what | members | s | processor s |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        var mixed = Segment.Find(segments, "mixed");
        var first = await MeasureAsync(async () => (await SegmentPreview.FindAsync(connection, mixed, [mixed], population, 10, CancellationToken.None)).Members);
        await LineAsync(output, "preview before any build: everybody is gathered", [first]);
        await LineAsync(output, "build, which keeps whom it gathered", [await MeasureAsync(async () => (await SegmentBuild.StoreAsync(database, mixed, segments, population, CancellationToken.None)).Members)]);
        foreach (var name in (string[])["attributes", "scores", "mixed", "consenting", "buyers", "drawn"])
        {
            var segment = Segment.Find(segments, name);
            var times = new List<Cost>();
            for (var round = 0; round < rounds; round++)
            {
                times.Add(await MeasureAsync(async () => (await SegmentPreview.FindAsync(connection, segment, [segment], population, 10, CancellationToken.None)).Members));
            }

            await LineAsync(output, $"preview of « {name} »", times);
        }

        await ExportAsync(output, database, connection, segments, population);
    }

    private static async Task ExportAsync(
        TextWriter output, WarehouseDatabase database, DbConnection connection, IReadOnlyList<Segment> segments, PopulationOptions population)
    {
        var exported = Segment.Find(segments, "exported");
        var list = Destination.Find(database.Workspace, "list");
        var built = await MeasureAsync(async () => (await SegmentBuild.StoreAsync(database, exported, segments, population, CancellationToken.None)).Members);
        var sent = await MeasureAsync(async () => (await new ListExport(database, TimeProvider.System).RunAsync(
            new SegmentSource(exported, segments, population), list, new ExportReason("benchmark", null), CancellationToken.None))!.Rows);
        var path = database.Workspace.PathOf("exports/copy.csv");
        var copied = await MeasureAsync(async () => await connection.ExecuteAsync(
            """
            COPY (
                SELECT customer.customer_id AS Id, contact.email AS Email, contact.family_name AS Name, customer.country AS Country, person.value AS Value
                FROM mart.segment_member AS member
                JOIN star.dim_customer AS customer ON customer.customer_key = member.customer_key AND customer.is_current
                JOIN star.customer_contact AS contact ON contact.customer_key = member.customer_key
                JOIN mart.segment_person AS person ON person.customer_key = member.customer_key
                WHERE member.build_key = (SELECT max(build_key) FROM mart.segment_build)
                ORDER BY member.customer_key
            ) TO $path (FORMAT csv, HEADER)
            """,
            CancellationToken.None,
            ("path", path)));
        await LineAsync(output, "COPY of these rows by hand", [copied]);
        await LineAsync(output, string.Create(CultureInfo.InvariantCulture, $"build: {built.Clock / copied.Clock:0.00} x"), [built]);
        await LineAsync(output, string.Create(CultureInfo.InvariantCulture, $"export, recorded and able to be rebuilt: {sent.Clock / copied.Clock:0.00} x"), [sent]);
        await LaunchAsync(output, database, connection, segments, population);
    }

    private static async Task LaunchAsync(
        TextWriter output, WarehouseDatabase database, DbConnection connection, IReadOnlyList<Segment> segments, PopulationOptions population)
    {
        var plan = CampaignPlan.Find(database.Workspace, "mailing");
        var launched = await MeasureAsync(async () => (await CampaignLaunch.RunAsync(
            database, plan, plan.Waves[0], ContactPolicy.None, segments, population, CancellationToken.None)).Launch.Members);
        await connection.ExecuteAsync(
            "CREATE TABLE mart.touch_copy AS FROM star.fact_touch LIMIT 0; CREATE TABLE mart.member_copy AS FROM mart.campaign_member LIMIT 0", CancellationToken.None);
        var inserted = await MeasureAsync(async () => await connection.ExecuteAsync(
            "INSERT INTO mart.touch_copy FROM star.fact_touch", CancellationToken.None) + await connection.ExecuteAsync("INSERT INTO mart.member_copy FROM mart.campaign_member", CancellationToken.None));
        await LineAsync(output, "plain INSERT of the rows of a launch: touches and members", [inserted]);
        await LineAsync(output, string.Create(CultureInfo.InvariantCulture, $"launch: {launched.Clock / inserted.Clock:0.00} x"), [launched]);
    }

    private static Task LineAsync(TextWriter output, string what, IReadOnlyList<Cost> costs) => output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {costs[0].Rows:#,##0} | {Middle(costs.Select(cost => cost.Clock)).TotalSeconds:0.000} | {Middle(costs.Select(cost => cost.Processor)).TotalSeconds:0.000} |"));

    private static TimeSpan Middle(IEnumerable<TimeSpan> times) => times.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : default;

    private static async Task<Cost> MeasureAsync(Func<Task<long>> work)
    {
        using var self = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), self.TotalProcessorTime);
        var rows = await work();
        self.Refresh();
        return new Cost(rows, watch.Elapsed, self.TotalProcessorTime - before);
    }

    private static Task<int> FillAsync(DbConnection connection, int customers, int listed) => connection.ExecuteAsync(
        $"""
        INSERT INTO star.dim_customer (customer_version_key, customer_key, customer_id, country, city, birth_year, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
        SELECT key, key, 'C' || key, ['GB', 'IE', 'FR', 'DE'][(hash(key) % 4)::INTEGER + 1], CASE WHEN key <= {listed} THEN 'listed' END, 1940 + (hash(key + 1) % 65)::INTEGER, false, false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '2020-01-01 00:00:00+00', 0, -1, 0
        FROM range(1, {customers} + 1) AS people (key);
        INSERT INTO star.customer_contact (customer_key, given_name, family_name, email, known_at, generation, load_key, source_line)
        SELECT key, 'Ann', 'Oak' || key, 'c' || key || '@example.org', TIMESTAMPTZ '2020-01-01 00:00:00+00', 0, -1, 0 FROM range(1, {customers} + 1) AS people (key);
        INSERT INTO star.customer_consent (customer_key, channel, purpose, is_granted, stated_at, source, known_at, generation, load_key, source_line, identity_key)
        SELECT key, 'email', 'marketing', true, TIMESTAMPTZ '2020-01-01 00:00:00+00', 'crm', TIMESTAMPTZ '2020-01-01 00:00:00+00', 0, -1, 0, key FROM range(1, {customers} + 1) AS people (key);
        INSERT INTO star.fact_sale BY NAME
        SELECT line AS sale_key, customer AS customer_key, customer AS customer_version_key, -1 AS product_key, -1 AS product_version_key, -1 AS location_key, -1 AS channel_key,
            day AS date_key, day + INTERVAL 12 HOUR AS ordered_at, 'O' || line AS order_id, '1' AS line_id, 1 AS quantity, amount AS unit_price, amount AS gross_amount, 0 AS discount_amount,
            amount AS net_amount, amount AS original_net_amount, 'GBP' AS currency, false AS is_return, day + INTERVAL 13 HOUR AS known_at, 0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
        FROM (
            SELECT line, 1 + (hash(line) % {customers})::INTEGER AS customer, DATE '2022-01-01' + (hash(line + 7) % 1090)::INTEGER AS day, (5 + (hash(line + 3) % 200)::INTEGER)::DECIMAL(18,4) AS amount
            FROM range({2L * customers}) AS lines (line)
        );
        INSERT INTO ops.generation SELECT max(generation) + 1, now(), now(), 'load' FROM ops.generation
        """,
        CancellationToken.None);

    private sealed record Cost(long Rows, TimeSpan Clock, TimeSpan Processor);
}
