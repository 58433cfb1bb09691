namespace Warehouse.Etl.Tests.Contacts;

/// <summary>What came of a campaign, told one event a row.</summary>
public sealed class TouchEventTests : EtlTest
{
    private const string Events =
        """
        source: {files: "data/events*.csv"}
        identity: crm
        known: at_event
        into: touch
        columns:
          campaign: campaign
          customer:
          - {from: who, matches: ".+@.+", identity: email}
          - {from: who, identity: crm}
          changed_at: at
          sent_at: {expr: "if(event = 'sent', at)"}
          delivered_at: {expr: "if(event = 'delivered', at)"}
          bounced_at: {expr: "if(event = 'bounced', at)"}
          opened_at: {expr: "if(event = 'opened', at)"}
          clicked_at: {expr: "if(event = 'clicked', at)"}
          replied_at: {expr: "if(event = 'replied', at)"}
          converted_at: {expr: "if(event = 'converted', at)"}
          unsubscribed_at: {expr: "if(event = 'unsubscribed', at)"}
          cost_amount: {expr: "if(event = 'cost', amount)"}
        """;

    private const string Header = "campaign,who,event,at,amount\n";

    private const string Touches =
        """
        SELECT arm, hour(sent_at AT TIME ZONE 'UTC'), hour(delivered_at AT TIME ZONE 'UTC'), hour(bounced_at AT TIME ZONE 'UTC'), hour(opened_at AT TIME ZONE 'UTC'), hour(clicked_at AT TIME ZONE 'UTC'),
            hour(replied_at AT TIME ZONE 'UTC'), hour(converted_at AT TIME ZONE 'UTC'), hour(unsubscribed_at AT TIME ZONE 'UTC'), cost_amount
        FROM star.fact_touch
        """;

    private const string Permission = "SELECT is_granted FROM star.permission_as_of(TIMESTAMPTZ '2026-06-01 12:00:00+00') WHERE channel = 'email'";

    private static readonly string[] Told =
    [
        "autumn,C1,sent,2026-01-05 08:00:00,\n", "autumn,C1,delivered,2026-01-05 09:00:00,\n", "autumn,ann@example.org,opened,2026-01-05 10:00:00,\n", "autumn,C1,clicked,2026-01-05 11:00:00,\n",
        "autumn,C1,replied,2026-01-05 12:00:00,\n", "autumn,ann@example.org,converted,2026-01-05 13:00:00,\n", "autumn,C1,cost,2026-01-05 14:00:00,0.25\n",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task EventsInAnyOrder_ByAnyIdentifierOfThePerson_FillOneTouch_AndTellingThemAgainChangesNothing(int seed)
    {
        await DrawAsync();
        var shuffled = Told.ToArray();
        new Random(seed).Shuffle(shuffled);
        foreach (var (row, number) in shuffled.Select((row, number) => (row, number)))
        {
            Data($"events{number}.csv", Header + row);
            Assert.Equal(1, (await LoadAsync("events")).Files.Single(file => !file.IsKnown).RowsCorrected);
        }

        Assert.Equal("treated | 8 | 9 | NULL | 10 | 11 | 12 | 13 | NULL | 0.2500", await RowAsync(Touches));
        Data("events-again.csv", Header + string.Concat(Told));
        var again = (await LoadAsync("events")).Files.Single(file => !file.IsKnown);

        Assert.Equal((7, 0), (again.RowsRead, again.RowsRejected));
        Assert.Equal("treated | 8 | 9 | NULL | 10 | 11 | 12 | 13 | NULL | 0.2500", await RowAsync(Touches));
        Assert.Equal("NULL", await RowAsync("SELECT max(opened_at) FROM star.touch_version WHERE known_at <= TIMESTAMPTZ '2026-01-05 09:30:00+00' AND known_to > TIMESTAMPTZ '2026-01-05 09:30:00+00'"));
    }

    [Fact]
    public async Task Unsubscribed_IsWithdrawnConsent_InTheSameLoad()
    {
        await DrawAsync();
        Assert.Equal("True", await RowAsync(Permission));

        Data("events.csv", Header + "autumn,ann@example.org,unsubscribed,2026-01-05 15:00:00,\n");
        await LoadAsync("events");

        Assert.Equal("False", await RowAsync(Permission));
        Assert.Equal("1", await RowAsync("SELECT count(*) FROM star.fact_touch WHERE unsubscribed_at IS NOT NULL"));
    }

    [Fact]
    public async Task EventOfSomebodyWhoWasNotDrawn_IsRejected()
    {
        await DrawAsync();
        Data("events.csv", Header + "spring,C1,opened,2026-01-05 15:00:00,\nautumn,C9,opened,2026-01-05 15:00:00,\n");

        var file = Assert.Single((await LoadAsync("events")).Files);

        Assert.Equal((2, 2), (file.RowsRead, file.RowsRejected));
        Assert.All(await RejectsAsync(), reject => Assert.Contains(" first", reject, StringComparison.Ordinal));
    }

    /// <summary>C1, who is also ann@example.org and allows e-mail, is drawn into the campaign.</summary>
    private async Task DrawAsync()
    {
        Feed("people", "source: {files: data/people.csv}\nidentity: crm\ninto: customer\ncolumns: {id: id, email: email}\nidentifiers: [{identity: email, from: email}]\n");
        Feed("consents", "source: {files: data/consents.csv}\nidentity: crm\ninto: consent\ncolumns: {customer: id, channel: channel, is_granted: granted, stated_at: at}\n");
        Feed("draws", "source: {files: data/draws.csv}\nidentity: crm\nknown: at_event\ninto: touch\ncolumns: {campaign: campaign, customer: who, arm: arm, assigned_at: at}\n");
        Feed("events", Events);
        Data("people.csv", "id,email\nC1,ann@example.org\n");
        Data("consents.csv", "id,channel,granted,at\nC1,email,true,2025-01-01 00:00:00\n");
        Data("draws.csv", "campaign,who,arm,at\nautumn,C1,treated,2026-01-04 12:00:00\n");
        await LoadAsync("people", "consents", "draws");
    }
}
