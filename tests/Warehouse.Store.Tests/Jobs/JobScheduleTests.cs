using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Warehouse.Testing;

namespace Warehouse.Store.Tests.Jobs;

/// <summary>When a job is due, across the days on which clocks change.</summary>
public sealed class JobScheduleTests : IDisposable
{
    /// <summary>Minutes since the year began at which clocks change in London, New York and on Lord Howe.</summary>
    private static readonly int[] Changes = [.. new[] { "2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-03-08T07:00Z", "2026-11-01T06:00Z", "2026-04-04T15:00Z", "2026-10-03T15:30Z" }
        .Select(text => (int)(Instant(text) - Instant("2026-01-01T00:00Z")).TotalMinutes)];

    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // Clocks in London go from 01:00 to 02:00 on 29 March 2026, and from 02:00 to 01:00 on 25 October.
    [InlineData("at: 30 2 * * *", "Europe/London", "2026-03-28T12:00Z", "2026-03-29T01:30Z 2026-03-30T01:30Z")]
    [InlineData("at: 30 1 * * *", "Europe/London", "2026-03-27T12:00Z", "2026-03-28T01:30Z 2026-03-29T01:00Z 2026-03-30T00:30Z")]
    [InlineData("at: 30 1 * * *", "Europe/London", "2026-10-24T12:00Z", "2026-10-25T00:30Z 2026-10-26T01:30Z")]
    [InlineData("at: '*/30 * * * *'", "Europe/London", "2026-03-29T00:15Z", "2026-03-29T00:30Z 2026-03-29T01:00Z 2026-03-29T01:30Z")]
    [InlineData("at: '*/30 * * * *'", "Europe/London", "2026-10-25T00:15Z", "2026-10-25T00:30Z 2026-10-25T01:00Z 2026-10-25T01:30Z 2026-10-25T02:00Z")]
    // Days of the week are cron's: 0 and 7 are Sunday.
    [InlineData("at: 0 3 * * 0", "UTC", "2026-11-16T00:00Z", "2026-11-22T03:00Z 2026-11-29T03:00Z")]
    [InlineData("at: 0 3 * * 1-5", "UTC", "2026-11-19T12:00Z", "2026-11-20T03:00Z 2026-11-23T03:00Z")]
    // Six fields are Quartz's, with seconds before the minutes.
    [InlineData("at: 15 0 3 L * ?", "UTC", "2026-02-01T00:00Z", "2026-02-28T03:00:15Z 2026-03-31T03:00:15Z")]
    [InlineData("every: 30 minutes", "Europe/London", "2026-10-25T00:15Z", "2026-10-25T00:30Z 2026-10-25T01:00Z 2026-10-25T01:30Z")]
    [InlineData("every: 6 hours", "UTC", "2026-03-28T23:59Z", "2026-03-29T00:00Z 2026-03-29T06:00Z")]
    public void Next_AcrossChangesOfClocks_IsEachDueTimeOnce(string said, string zone, string after, string expected)
    {
        var schedule = Schedule(said, zone);
        var due = expected.Split(' ').Select(Instant).ToArray();

        Assert.Equal(due, schedule.Between(Instant(after), due[^1]));
        Assert.Equal(due[^1], schedule.Last(due[^1]));
        Assert.Equal(due.Length > 1 ? due[^2] : schedule.Last(due[^1] - TimeSpan.FromTicks(1)), schedule.Last(due[^1] - TimeSpan.FromTicks(1)));
    }

    /// <summary>Whatever the expression and the zone: due times rise, none is left out, and looking back finds what looking forward found.</summary>
    [Fact]
    public void DueTimes_OfAnyCron_RiseAndAreFoundFromEitherSide()
    {
        string[] crons = ["*/7 * * * *", "30 1 * * *", "0 0,12 * * *", "15 2 * * 6,0", "0 3 1 * *", "59 23 28-31 * *"];
        string[] zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo"];
        var start = Instant("2026-01-01T00:00Z");
        Prop.ForAll(
            (from cron in Gen.Elements(crons)
             from zone in Gen.Elements(zones)
             from minutes in Gen.OneOf(Gen.Choose(0, 365 * 24 * 60), from change in Gen.Elements(Changes) from near in Gen.Choose(-1_500, 1_500) select change + near)
             select (cron, zone, minutes)).ToArbitrary(),
            drawn =>
            {
                var schedule = Schedule($"at: '{drawn.cron}'", drawn.zone);
                var now = start.AddMinutes(drawn.minutes);
                var next = schedule.Next(now)!.Value;
                var last = schedule.Last(now)!.Value;
                return next > now && last <= now && schedule.Next(last) == next && schedule.Last(next) == next;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_261_122, 1));
    }

    private JobSchedule Schedule(string said, string zone)
    {
        _folder.Write(Workspace.FileName, $"name: a\ncurrency: GBP\ntime_zone: {zone}\njobs:\n  j:\n    run: load\n    {said}\n");
        return Assert.Single(Workspace.Open(_folder.Path).Definition.Jobs).Schedule;
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
