using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Suppression;
using Warehouse.Campaigns.Tests.Segments;
using Warehouse.Definitions;
using Warehouse.Testing;
using Segment = Warehouse.Campaigns.Segments.Segment;

namespace Warehouse.Campaigns.Tests;

/// <summary>What editors are told of segments, plans, the contact policy and destinations is what is read of them.</summary>
public class DefinitionSchemaTests
{
    private const string WholeSegment =
        """
        segment: a
        description: All of it
        parameters: {least: 5}
        where:
          all: [{country: GB}, {region: [x]}, {city: [x]}, {postcode_area: [x]}, {gender: [f]}, {language: [en]}, {occupation: [x]}, {acquisition_channel: [web]}]
          any: [{rfm_segment: Champions}, {tier: [A]}, {churn_band: high}, {lifecycle_stage: [x]}, {was: {on: 2025-01-01, tier: [A], lifecycle_stage: [x]}}, {was: {ago: 30d, rfm_segment: [Lost], churn_band: [low]}}]
          not: {birth_year: {from: 1900, to: 2000}}
          recency_days: {from: 1}
          orders: {from: 1}
          value: {to: 5}
          recency_score: {from: 1}
          frequency_score: {from: 1}
          monetary_score: {from: 1}
          churn_probability: {to: 0.5}
          registered_on: {from: 2020-01-01}
          bought: {within: 90d, until: 2025-01-01, times: {from: 1}, value: {from: 1}, category: [x], subcategory: [x], brand: [x], product: [x], channel: [x]}
          returned: {within: all}
          contacted: {within: 6m, until: 2025-01-01, times: {to: 3}, complaint: true, resolved: false, topic: [x]}
          campaign: {name: C1, wave: 1, arm: treated, response: replied}
          measure: {name: sales.net_sales, within: 90d, until: 2025-01-01, where: customer.id = 'C1', from: 1, to: 2}
          sequence:
          - {bought: {}}
          - {returned: {}, within: 3d}
          - {contacted: {}}
          - {campaign: {name: C1}}
          - {not: {bought: {}}, within: 30d}
          sample: {share: 0.5, seed: x}
          consent: email
          segment: [b]
        top: 5
        """;

    private const string WholePlan =
        """
        campaign: a
        description: All of it
        segment: b
        channel: email
        offer: x
        cost_per_contact: 0.5
        budget: 10
        objective: {measure: spend, expected_lift: 0.5, margin: 0.4}
        waves: [{starts_on: 2025-07-01, ends_on: 2025-07-15}]
        control: {share: 0.2, seed: x, stratify: [tier]}
        arms: {letter: 2, call: 1}
        suppress: [no_consent, opted_out, erased, held_out, open_complaint, contacted_too_often, other_experiment, undeliverable, below_depth]
        caps: [{touches: 1, days: 7, channel: sms}]
        depth: 100
        """;

    private static readonly string[] Destinations =
    [
        "destination: a\ndescription: x\nto: file\npath: x\nformat: xlsx\nchannel: email\nsend: all\ncolumns: {Mail: email}\n",
        "to: folder\npath: x\ncolumns: {Id: customer_id}\n",
        "to: postgres\nconnection: Host=x\nschema: s\ntable: t\ncolumns: {Id: customer_id}\n",
        "to: webhook\nurl: https://example.org/x\nsecret: S\nbatch: 5\ntimeout: 3\nretry: {attempts: 2, pause: 1}\ncolumns: {Id: customer_id}\n",
    ];

    [SkippableFact]
    public void Segment_AgreesWithItsSchema()
    {
        var agreement = Agreement("segment", text => Segment.Read(
            [(DefinitionFile.Parse(text, "a.yaml"), "a"), (DefinitionFile.Parse("where: {all: []}", "b.yaml"), "b")], [], SegmentCubes.Of(RandomShop.Cubes, TimeZoneInfo.Utc)));
        agreement.RequireRight(WholeSegment, "where: {country: [GB, IE], segment: b, bought: {times: {from: :x}, within: :y}}\nparameters: {x: 1, y: 30d}\n");
        agreement.RequireSameKeys(WholeSegment);
        agreement.RequireSameKinds(WholeSegment);
        agreement.RequireWrong(
            "segment: a\n", "where: {rfm_segment: Champion}", "where: {orders: {}}", "where: {orders: {from: many}}", "where: {sequence: [{bought: {}}]}",
            "where: {sequence: [{bought: {}}, {returned: {}, within: 3}]}", "where: {sequence: [{bought: {}}, {not: {returned: {}}}]}", "where: {bought: {within: soon}}",
            "where: {campaign: {name: x, response: open}}", "where: {sample: {share: 2, seed: x}}", "where: {was: {tier: A}}", "where: {was: {on: 2025-01-01}}", "where: {was: {on: 2025-01-01, ago: 3d, tier: A}}", "where: {was: {ago: all, tier: A}}", "where: {measure: {name: x, from: 1}}", "where: {any: {country: IE}}", "where: {}\ntop: 0\n");
    }

    [SkippableFact]
    public void Plan_AgreesWithItsSchema()
    {
        var agreement = Agreement("campaign", text => PlanReader.Read(text, "a.yaml", "a"));
        agreement.RequireRight(WholePlan, MailingShop.Plan, MailingShop.Plan + "\ndepth: all\nobjective: {measure: conversion}\n");
        agreement.RequireSameKeys(WholePlan);
        agreement.RequireSameKinds(WholePlan);
        agreement.RequireWrong(
            MailingShop.Plan + "\ndepth: deep\n", MailingShop.Plan + "\nbudget: -1\n", MailingShop.Plan + "\narms: {control: 1}\n", MailingShop.Plan + "\narms: {a: 0}\n",
            MailingShop.Plan + "\nsuppress: [nobody]\n", MailingShop.Plan + "\ncaps: [{touches: 1}]\n", MailingShop.Plan.Replace("0.2", "1", StringComparison.Ordinal), "segment: a\nchannel: fax\nwaves: []\n");
    }

    [SkippableFact]
    public void ContactPolicy_AgreesWithItsSchema()
    {
        const string Whole = "caps: [{touches: 1, days: 7, channel: email}]\nhold_out: {share: 0.02, seed: x}\n";
        var agreement = Agreement("policy", text => ContactPolicy.Read(DefinitionFile.Parse(text, "campaigns/_policy.yaml")));
        agreement.RequireRight(Whole);
        agreement.RequireSameKeys(Whole);
        agreement.RequireSameKinds(Whole);
        agreement.RequireWrong("hold_out: {share: 0.6, seed: x}\n", "hold_out: {share: 0.1}\n", "caps: [{touches: 0, days: 1}]\n");
    }

    [SkippableFact]
    public void Destination_AgreesWithItsSchema()
    {
        var agreement = Agreement("destination", text => DestinationReader.Read(text, "a.yaml", "a"));
        agreement.RequireRight(Destinations);
        agreement.RequireSameKeys(Destinations);
        agreement.RequireSameKinds(Destinations);
        agreement.RequireWrong(
            "to: fax\ncolumns: {a: email}\n", "to: file\npath: x\ncolumns: {}\n", "to: file\npath: x\ncolumns: {a: mail}\n", "to: webhook\nurl: ftp://x\nsecret: S\ncolumns: {Id: customer_id}\n",
            "to: file\npath: x\nformat: cvs\ncolumns: {Id: customer_id}\n", "to: postgres\nconnection: Host=x\ncolumns: {Id: customer_id}\n");
    }

    private static SchemaAgreement Agreement(string name, Action<string> read) => new(
        Assert.Single(DefinitionSchema.Of(typeof(Segment).Assembly), schema => schema.Name == name),
        text =>
        {
            try
            {
                read(text);
                return [];
            }
            catch (DefinitionException faulty)
            {
                return faulty.Faults;
            }
        });
}
