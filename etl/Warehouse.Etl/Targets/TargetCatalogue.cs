using static Warehouse.Etl.Targets.ColumnKind;

namespace Warehouse.Etl.Targets;

/// <summary>
/// The targets in the order in which they are loaded: what is referred to comes before what refers to it.
/// </summary>
public static class TargetCatalogue
{
    private static readonly NumberRange Above0 = new(0.00000001m, null);
    private static readonly NumberRange Years = new(1, 9999);
    private static readonly NumberRange Small = new(sbyte.MinValue, sbyte.MaxValue);
    private static readonly NumberRange Usual = new(int.MinValue, int.MaxValue);

    private static readonly TargetColumn ChangedAt =
        Optional("changed_at", Instant, "When the source wrote this; of two rows about the same, the later one holds, whichever arrives first.");

    private static readonly TargetColumn IsDeleted = Optional("is_deleted", Flag, "Whether the source takes back what it said.");

    /// <summary>Exchange rates: what one unit of a currency is worth in the reporting currency from a date on.</summary>
    public static Target ExchangeRate { get; } = new(
        "exchange_rate",
        [
            Required("currency", Text, "ISO 4217 code of the foreign currency."),
            Required("valid_from", Date, "The first date on which the rate holds."),
            Required("rate", Rate, "Reporting currency for one unit of the foreign one.", Above0),
        ],
        ["Conform/exchange_rate.sql"]);

    /// <summary>Products, with their history.</summary>
    public static Target Product { get; } = new(
        "product",
        [
            Required("id", Text, "The product's identifier, as order lines name it."),
            Optional("name", Text, "What it is called."),
            Optional("category", Text, "The upper level of the assortment."),
            Optional("subcategory", Text, "The lower level of the assortment."),
            Optional("brand", Text, "Whose mark it bears."),
            Optional("unit_cost", Number, "What one unit costs the company, in the reporting currency."),
            Optional("list_price", Number, "What one unit costs the customer before discounts, in the reporting currency."),
            Optional("launched_on", Date, "First date on sale."),
            Optional("is_replenished", Flag, "Whether customers buy it again when it is used up."),
            Optional("valid_from", Instant, "Since when this is true; the first row of a product holds from the beginning."),
        ],
        ["Conform/product_record.sql", "Star/money.sql", "Conform/product_version.sql"]);

    /// <summary>Stores and other places of sale.</summary>
    public static Target Location { get; } = new(
        "location",
        [
            Required("id", Text, "The place's identifier, as orders name it."),
            Optional("name", Text, "What it is called."),
            Optional("format", Text, "Kind of place: flagship, outlet, web shop, …"),
            Optional("city", Text, "City."),
            Optional("region", Text, "Region."),
            Optional("country", Text, "Country."),
            Optional("opened_on", Date, "First date of business."),
        ],
        ["Conform/location.sql"]);

    /// <summary>Campaigns and their waves.</summary>
    public static Target Campaign { get; } = new(
        "campaign",
        [
            Required("id", Text, "The campaign's identifier, as touches name it."),
            Optional("wave", Whole, "Number of the wave; 1 where a campaign has but one.", Usual),
            Optional("name", Text, "What it is called."),
            Optional("channel", Text, "How customers are reached."),
            Optional("offer", Text, "What they are offered."),
            Optional("starts_on", Date, "First date."),
            Optional("ends_on", Date, "Date after the last."),
            Optional("cost_per_contact", Number, "What reaching one customer costs, in the reporting currency."),
        ],
        ["Conform/campaign.sql"]);

    /// <summary>Customers, as one source describes them, with their history.</summary>
    public static Target Customer { get; } = new(
        "customer",
        [
            Required("id", ColumnKind.Customer, "The customer's identifier in this source."),
            Optional("given_name", Text, "Given name."),
            Optional("family_name", Text, "Family name."),
            Optional("email", Text, "E-mail address."),
            Optional("phone", Text, "Telephone number."),
            Optional("street", Text, "Street and number."),
            Optional("postcode", Text, "Postal code."),
            Optional("city", Text, "City."),
            Optional("region", Text, "Region."),
            Optional("country", Text, "Country."),
            Optional("birth_year", Whole, "Year of birth.", Years),
            Optional("gender", Text, "As the customer states it."),
            Optional("occupation", Text, "As the customer states it."),
            Optional("household_id", Text, "What the members of a household share."),
            Optional("language", Text, "In which the customer wants to be addressed."),
            Optional("acquisition_channel", Text, "By which the customer came."),
            Optional("registered_on", Date, "When the customer registered."),
            Optional("confirmed_on", Date, "When the customer last confirmed the profile."),
            Optional("is_test", Flag, "A customer that the company made for tests."),
            Optional("valid_from", Instant, "Since when this is true; the first row of a customer holds from the beginning."),
        ],
        ["Conform/customer_record.sql", "Conform/customer_identity.sql", "Conform/customer_version.sql", "Conform/customer_of_facts.sql", "Conform/customer_contact.sql"]);

    /// <summary>What customers allowed and withdrew.</summary>
    public static Target Consent { get; } = new(
        "consent",
        [
            Required("customer", ColumnKind.Customer, "Who said it."),
            Required("channel", Text, "For which channel."),
            Optional("purpose", Text, "For what; marketing where nothing else is said."),
            Required("is_granted", Flag, "Given or withdrawn."),
            Required("stated_at", Instant, "When."),
        ],
        ["Conform/referenced_customer.sql", "Conform/consent.sql"]);

    /// <summary>Order lines.</summary>
    public static Target Sale { get; } = new(
        "sale",
        [
            Required("order_id", Text, "The order's (invoice's) identifier."),
            Optional("line_id", Text, "The line's identifier within the order; else lines are numbered by product.") with { IsKey = true },
            Required("ordered_at", Instant, "When."),
            Optional("customer", ColumnKind.Customer, "Who bought; the unknown member where nobody is named."),
            Required("product", Text, "What."),
            Optional("location", Text, "Where."),
            Optional("channel", Text, "By which channel."),
            Required("quantity", Number, "How many; negative for returns."),
            Required("unit_price", Number, "For how much each, in the order's currency."),
            Optional("discount_amount", Number, "How much less for the whole line, in the order's currency."),
            Optional("cost_amount", Number, "What the line cost the company, in the order's currency; else quantity × the product's unit cost."),
            Optional("currency", Text, "ISO 4217 code; the reporting currency where nothing else is said."),
            Optional("returned_order_id", Text, "The order that a return takes back."),
            Optional("returned_line_id", Text, "The line of that order."),
            ChangedAt,
            IsDeleted,
        ],
        ["Conform/referenced_customer.sql", "Conform/sale_references.sql", "Star/money.sql", "Star/fact_sale.sql"]);

    /// <summary>Calls, letters, chats, visits and complaints.</summary>
    public static Target Contact { get; } = new(
        "contact",
        [
            Required("contact_id", Text, "The contact's (case's) identifier."),
            Optional("customer", ColumnKind.Customer, "Who; the unknown member where nobody is named."),
            Optional("channel", Text, "By which channel."),
            Optional("topic", Text, "What about."),
            Optional("is_complaint", Flag, "Whether it was a complaint; no where nothing is said."),
            Required("opened_at", Instant, "When it began.") with { IsOnlyForFirst = true },
            Optional("answered_at", Instant, "When somebody answered."),
            Optional("escalated_at", Instant, "When it was passed up."),
            Optional("resolved_at", Instant, "When it was settled."),
            Optional("reopened_at", Instant, "When the customer came back with it."),
            Optional("closed_at", Instant, "When it was closed."),
            Optional("is_answered", Flag, "Else: whether there is a time of the answer."),
            Optional("is_resolved", Flag, "Else: whether there is a time of the resolution that was not reopened."),
            Optional("waiting_seconds", Seconds, "How long the customer waited.", Usual),
            Optional("talk_seconds", Seconds, "How long they spoke.", Usual),
            Optional("agent", Text, "Who answered."),
            Optional("product", Text, "About which product."),
            Optional("order_id", Text, "About which order."),
            Optional("satisfaction", Whole, "What the customer said of it, 1 to 5.", Small),
            ChangedAt,
            IsDeleted,
        ],
        ["Conform/referenced_customer.sql", "Conform/contact_references.sql", "Conform/contact_topic.sql", "Star/contact_before.sql", "Star/fact_contact.sql"]);

    /// <summary>Who was in which arm of a campaign's wave, and what came of it.</summary>
    public static Target Touch { get; } = new(
        "touch",
        [
            Required("campaign", Text, "Which campaign."),
            Optional("wave", Whole, "Which wave; 1 where nothing is said.", Usual),
            Required("customer", ColumnKind.Customer, "Who."),
            Required("arm", Text, "treated or control.") with { IsOnlyForFirst = true },
            Required("assigned_at", Instant, "When the customer was put into the arm.") with { IsOnlyForFirst = true },
            Optional("sent_at", Instant, "When the message left."),
            Optional("delivered_at", Instant, "When it arrived."),
            Optional("bounced_at", Instant, "When it came back."),
            Optional("opened_at", Instant, "When it was opened."),
            Optional("clicked_at", Instant, "When it was clicked."),
            Optional("replied_at", Instant, "When it was answered."),
            Optional("converted_at", Instant, "When the customer did what it asked for."),
            Optional("unsubscribed_at", Instant, "When the customer asked for no more."),
            Optional("cost_amount", Number, "What it cost, in the reporting currency; none where nothing is said."),
            ChangedAt,
            IsDeleted,
        ],
        ["Conform/referenced_customer.sql", "Conform/touch_references.sql", "Star/touch_before.sql", "Star/fact_touch.sql"]);

    /// <summary>Order lines, or whole orders, that are no more.</summary>
    public static Target SaleDeletion { get; } = new(
        "sale_deletion",
        [
            Required("order_id", Text, "The order's (invoice's) identifier."),
            Optional("line_id", Text, "The line's identifier within the order; where a row has none, the whole order is deleted."),
            ChangedAt,
        ],
        ["Star/sale_deletion.sql"])
    {
        Deletes = Sale,
    };

    /// <summary>Contacts that are no more.</summary>
    public static Target ContactDeletion { get; } = new(
        "contact_deletion",
        [
            Required("contact_id", Text, "The contact's (case's) identifier."),
            ChangedAt,
        ],
        ["Star/contact_before.sql", "Star/contact_deletion.sql"])
    {
        Deletes = Contact,
    };

    /// <summary>Touches that are no more.</summary>
    public static Target TouchDeletion { get; } = new(
        "touch_deletion",
        [
            Required("campaign", Text, "Which campaign."),
            Optional("wave", Whole, "Which wave; 1 where nothing is said.", Usual),
            Required("customer", ColumnKind.Customer, "Who."),
            ChangedAt,
        ],
        ["Star/touch_deletion_references.sql", "Conform/referenced_customer.sql", "Conform/touch_references.sql", "Star/touch_before.sql", "Star/touch_deletion.sql"])
    {
        Deletes = Touch,
    };

    /// <summary>All targets, in the order in which they are loaded.</summary>
    public static IReadOnlyList<Target> All { get; } =
        [ExchangeRate, Product, Location, Campaign, Customer, Consent, Sale, Contact, Touch, SaleDeletion, ContactDeletion, TouchDeletion];

    /// <summary>The place of a target in the order in which they are loaded.</summary>
    public static int Rank(Target target) => All.ToList().IndexOf(target);

    private static TargetColumn Required(string name, ColumnKind kind, string meaning, NumberRange? range = null) =>
        new(name, kind, IsRequired: true, meaning, range ?? NumberRange.Any);

    private static TargetColumn Optional(string name, ColumnKind kind, string meaning, NumberRange? range = null) =>
        new(name, kind, IsRequired: false, meaning, range ?? NumberRange.Any);
}
