using System.Globalization;

namespace Warehouse.Etl.Tests.Contacts;

/// <summary>A source that tells a contact, or a touch, milestone by milestone adds to what it told before.</summary>
public sealed class MilestoneTests : EtlTest
{
    private const string Log =
        """
        source: {files: "data/log*.csv"}
        identity: shop
        known: at_event
        into: contact
        columns:
          contact_id: case
          changed_at: at
          opened_at: {expr: "if(event = 'opened', at)"}
          answered_at: {expr: "if(event = 'answered', at)"}
          resolved_at: {expr: "if(event = 'resolved', at)"}
          reopened_at: {expr: "if(event = 'reopened', at)"}
          closed_at: {expr: "if(event = 'closed', at)"}
          customer: customer
          agent: agent
          topic: topic
          is_complaint: complaint
          satisfaction: rating
        """;

    private const string Header = "case,event,at,customer,agent,topic,complaint,rating\n";

    private const string Now =
        """
        SELECT hour(opened_at AT TIME ZONE 'UTC'), hour(answered_at AT TIME ZONE 'UTC'), hour(resolved_at AT TIME ZONE 'UTC'), hour(reopened_at AT TIME ZONE 'UTC'), hour(closed_at AT TIME ZONE 'UTC'), is_answered, is_resolved,
            contact.is_complaint, source_id, agent_id, topic, reason.is_complaint, satisfaction
        FROM star.fact_contact AS contact
        LEFT JOIN star.customer_identity USING (identity_key)
        JOIN star.dim_agent USING (agent_key)
        JOIN star.dim_reason AS reason USING (reason_key)
        """;

    private static readonly DateTime Day = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task RowWithItsOwnMilestoneAlone_KeepsWhatWasToldBefore_AndThePastIsWhatWasKnown()
    {
        Feed("log", Log);
        string[] events =
        [
            "K1,opened,2026-01-05 08:00:00,C1,,late,yes,\n",
            "K1,answered,2026-01-05 09:00:00,,Ann,,,\n",
            "K1,resolved,2026-01-05 10:00:00,,,,,4\n",
            "K1,reopened,2026-01-05 11:00:00,,Bob,,,\n",
            "K1,closed,2026-01-05 12:00:00,,,,,2\n",
        ];
        foreach (var (told, number) in events.Select((told, number) => (told, number)))
        {
            Data($"log{number}.csv", Header + told);
            var file = (await LoadAsync()).Files.Single(file => !file.IsKnown);
            Assert.Equal((number == 0 ? 1 : 0, number == 0 ? 0 : 1), (file.RowsLoaded, file.RowsCorrected));
        }

        Assert.Equal("8 | 9 | 10 | 11 | 12 | True | False | True | C1 | Bob | late | True | 2", await RowAsync(Now));
        Assert.Equal(
            ["False | False | NULL", "True | False | NULL", "True | True | 4", "True | False | 4", "True | False | 2"],
            await RowsAsync("SELECT is_answered, is_resolved, satisfaction FROM star.contact_version ORDER BY known_at"));
        Assert.Equal("1", await RowAsync("SELECT count(*) FROM star.dim_customer AS customer JOIN star.fact_contact USING (customer_version_key) WHERE customer.customer_id = 'C1'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EventsInAnyBatchesAndOrder_AreTheStarOfTheModel(int seed)
    {
        Feed("log", Log);
        Feed("opened", Log.Replace("data/log", "data/opened", StringComparison.Ordinal));
        var random = new Random(seed);
        var told = new List<(int Case, int Hour, string Event, string Row)>();
        for (var number = 0; number < 12; number++)
        {
            var hours = new Queue<int>(Enumerable.Range(1, 22).OrderBy(_ => random.Next()).Take(5).Order());
            var at = hours.Dequeue();
            told.Add((number, at, "opened", $"K{number},opened,{At(at)},C{number % 3},,late,{(number % 2 == 0 ? "yes" : "")},\n"));
            foreach (var name in new[] { "answered", "resolved", "reopened", "closed" }.Where(_ => random.Next(4) > 0))
            {
                at = hours.Dequeue();
                told.Add((number, at, name, $"K{number},{name},{At(at)},,{(name == "answered" ? "Ann" : "")},,,{(name == "closed" ? "3" : "")}\n"));
            }
        }

        Data("opened.csv", Header + string.Concat(told.Where(row => row.Event == "opened").Select(row => row.Row)));
        await LoadAsync("opened");
        var batches = Enumerable.Range(0, 4).Select(_ => new List<string>()).ToArray();
        foreach (var row in told.Where(row => row.Event != "opened").OrderBy(_ => random.Next()))
        {
            batches[random.Next(4)].Add(row.Row);
            if (random.Next(4) == 0)
            {
                batches[random.Next(4)].Add(row.Row);
            }
        }

        foreach (var (batch, number) in batches.Select((batch, number) => (batch, number)))
        {
            Data($"log{number}.csv", Header + string.Concat(batch));
            await LoadAsync();
        }

        var expected = told.GroupBy(row => row.Case).SelectMany(rows => rows.Select(last => Model([.. rows.Where(row => row.Hour <= last.Hour)])));
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            (await RowsAsync(
                """
                SELECT contact_id, hour(contact.known_at AT TIME ZONE 'UTC'), hour(opened_at AT TIME ZONE 'UTC'), hour(answered_at AT TIME ZONE 'UTC'), hour(resolved_at AT TIME ZONE 'UTC'), hour(reopened_at AT TIME ZONE 'UTC'), hour(closed_at AT TIME ZONE 'UTC'),
                    is_answered, is_resolved, contact.is_complaint, source_id, agent_id, topic, reason.is_complaint, satisfaction
                FROM star.contact_version AS contact
                LEFT JOIN star.customer_identity USING (identity_key)
                JOIN star.dim_agent USING (agent_key)
                JOIN star.dim_reason AS reason USING (reason_key)
                """)).Order(StringComparer.Ordinal));
        Assert.Equal(["True"], await RowsAsync("SELECT bool_and(rows_read = rows_loaded + rows_corrected + rows_deleted + rows_rejected + rows_already_loaded) AND sum(rows_rejected) = 0 FROM ops.load"));
    }

    [Fact]
    public async Task OneFileWithAllEvents_InTheOrderOfTheFile_IsOneRow()
    {
        Feed("log", Log.Replace("known: at_event\n", "", StringComparison.Ordinal).Replace("  changed_at: at\n", "", StringComparison.Ordinal));
        Data("log.csv", Header + "K1,answered,2026-01-05 09:00:00,,Ann,,,\nK1,opened,2026-01-05 08:00:00,C1,,late,,\nK1,resolved,2026-01-05 10:00:00,,,,,\n");

        var report = await LoadAsync();

        Assert.Equal((1L, 2L, 0L), (report.Files[0].RowsLoaded, report.Files[0].RowsCorrected, report.Files[0].RowsRejected));
        Assert.Equal("8 | 9 | 10 | NULL | NULL | True | True | False | C1 | Ann | late | False | NULL", await RowAsync(Now));
        Assert.Equal("1", await RowAsync("SELECT count(*) FROM star.contact_version"));
    }

    [Fact]
    public async Task MilestoneOfWhatNobodyOpened_IsRejected_AndLoadsOnceItIsOpened()
    {
        Feed("log", Log);
        Data("log1.csv", Header + "K1,answered,2026-01-05 09:00:00,,Ann,,,\n");
        await LoadAsync();
        Assert.Equal(["2 first: Nothing is known of it yet, and the row leaves out what the first has to say: when a contact was opened, when and into which arm a customer was put."], await RejectsAsync());

        Data("log2.csv", Header + "K1,opened,2026-01-05 08:00:00,C1,,late,,\nK1,answered,2026-01-05 09:00:00,,Ann,,,\n");
        await LoadAsync();

        Assert.Equal("8 | 9 | NULL | NULL | NULL | True | False | False | C1 | Ann | late | False | NULL", await RowAsync(Now));
    }

    [Fact]
    public async Task EmptyCellOfAColumnThatClears_TakesBackWhatWasTold_AndStaysTakenBack()
    {
        Feed("log", Log + "\nclears: [agent, resolved_at]");
        Data("log1.csv", Header + "K1,opened,2026-01-05 08:00:00,C1,Ann,late,,5\nK1,resolved,2026-01-05 09:00:00,,Bob,,,\n");
        await LoadAsync();
        Data("log2.csv", Header + "K1,closed,2026-01-05 12:00:00,,,,,\n");
        await LoadAsync();

        const string State = "SELECT agent_key, resolved_at IS NULL, is_resolved, closed_at IS NOT NULL, satisfaction FROM star.fact_contact";
        Assert.Equal("-1 | True | False | True | 5", await RowAsync(State));

        // Another feed, of which an empty cell says nothing, does not bring it back.
        Feed("ratings", Log.Replace("data/log", "data/rating", StringComparison.Ordinal));
        Data("rating.csv", Header + "K1,rated,2026-01-05 13:00:00,,,,,4\n");
        await LoadAsync();

        Assert.Equal("-1 | True | False | True | 4", await RowAsync(State));
        Assert.Equal(["Ann | False", "Bob | True", "NULL | False", "NULL | False"], await RowsAsync("SELECT CASE WHEN agent_key >= 0 THEN agent_id END, is_resolved FROM star.contact_version JOIN star.dim_agent USING (agent_key) ORDER BY known_at"));
    }

    [Fact]
    public async Task ContactThatWasDeleted_BeginsAnew()
    {
        Feed("log", Log + "\n");
        Feed("gone", "source: {files: \"data/gone*.csv\"}\nknown: at_event\ninto: contact_deletion\ncolumns: {contact_id: case, changed_at: at}");
        Data("log1.csv", Header + "K1,opened,2026-01-05 08:00:00,C1,Ann,late,,5\n");
        Data("gone1.csv", "case,at\nK1,2026-01-05 09:00:00\n");
        await LoadAsync();
        Assert.Empty(await RowsAsync("SELECT 1 FROM star.fact_contact"));

        Data("log2.csv", Header + "K1,answered,2026-01-05 10:00:00,,,,,\n");
        await LoadAsync();

        Assert.Equal("8 | 10 | NULL | -1 | -1 | NULL", await RowAsync("SELECT hour(opened_at AT TIME ZONE 'UTC'), hour(answered_at AT TIME ZONE 'UTC'), resolved_at, agent_key, customer_key, satisfaction FROM star.fact_contact"));
    }

    [Fact]
    public async Task TouchToldByTheMailer_KeepsItsArm_AndWhatCameBefore()
    {
        const string Feeds = "source: {files: \"data/NAME*.csv\"}\nidentity: shop\nknown: at_event\ninto: touch\ncolumns: {campaign: campaign, customer: customer, COLUMNS}";
        Feed("launch", Feeds.Replace("NAME", "launch", StringComparison.Ordinal).Replace("COLUMNS", "arm: arm, assigned_at: at, cost_amount: cost", StringComparison.Ordinal));
        Feed("mailer", Feeds.Replace("NAME", "mailer", StringComparison.Ordinal).Replace(
            "COLUMNS", "changed_at: at, sent_at: {expr: \"if(event = 'sent', at)\"}, clicked_at: {expr: \"if(event = 'click', at)\"}, unsubscribed_at: {expr: \"if(event = 'leave', at)\"}", StringComparison.Ordinal));
        Data("launch.csv", "campaign,customer,arm,at,cost\nspring,C1,treated,2026-01-05 08:00:00,0.25\n");
        Data("mailer.csv", "campaign,customer,event,at\nspring,C1,sent,2026-01-05 09:00:00\nspring,C1,click,2026-01-05 10:00:00\nspring,C1,leave,2026-01-05 11:00:00\nspring,C2,sent,2026-01-05 09:00:00\n");

        var report = await LoadAsync("launch", "mailer");

        Assert.Equal("treated | 9 | 10 | 11 | 0.2500", await RowAsync(
            "SELECT arm, hour(sent_at AT TIME ZONE 'UTC'), hour(clicked_at AT TIME ZONE 'UTC'), hour(unsubscribed_at AT TIME ZONE 'UTC'), cost_amount FROM star.fact_touch"));
        Assert.Equal((3L, 1L), (report.Files[1].RowsCorrected, report.Files[1].RowsRejected));
        Assert.Equal("4", await RowAsync("SELECT count(*) FROM star.touch_version"));
        Assert.Equal("False", await RowAsync("SELECT is_granted FROM star.customer_consent"));
    }

    private static string At(int hour) => Day.AddHours(hour).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What the company knew of a case after some of its events.</summary>
    private static string Model(IReadOnlyList<(int Case, int Hour, string Event, string Row)> events)
    {
        string Hour(string name) => events.Where(row => row.Event == name).Select(row => $"{row.Hour}").DefaultIfEmpty("NULL").Single();
        var isResolved = Hour("resolved") != "NULL" && Hour("reopened") == "NULL";
        var isComplaint = events[0].Case % 2 == 0;
        return string.Join(
            " | ", $"K{events[0].Case}", events.Max(row => row.Hour), Hour("opened"), Hour("answered"), Hour("resolved"), Hour("reopened"), Hour("closed"),
            Hour("answered") != "NULL", isResolved, isComplaint, $"C{events[0].Case % 3}", Hour("answered") == "NULL" ? "(unknown)" : "Ann", "late", isComplaint, Hour("closed") == "NULL" ? "NULL" : "3");
    }
}
