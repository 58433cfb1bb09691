using System.Globalization;
using System.Text;

namespace Warehouse.Etl.Proposals;

/// <summary>
/// The words of a column's name in one vocabulary: InvoiceNo, invoice_number and Rechnungsnr are « order id ». What stands
/// in brackets, as a unit or a set of values does, is left out.
/// </summary>
internal static class NameTokens
{
    private static readonly Dictionary<string, string> Vocabulary = Words(
        ("id", "id no nr num number code key sk nummer numero numéro identifier uid guid kennung ident 編號 编号 代號 代号 代碼 代码 號碼 号码 單號 单号 卡號 卡号 條碼 条码"),
        ("order", "order orders sale invoice invoices receipt transaction txn trans basket purchase bestellung bestell rechnung rechnungs auftrag auftrags beleg belegnummer verkauf verkaufs verkaufsbel verkaufsbeleg vbeln bon commande pedido facture 訂單 订单 訂購 订购 下單 下单 發票 发票 收據 交易 消費"),
        ("line", "line position pos posnr item_no seq zeile ligne"),
        ("customer", "requester customer customers cust client clients kunde kunden member shopper buyer user consumer patron kundin cliente account accounts auftraggeber kunnr kunag 客戶 客户 會員 会员 顧客 顾客 買家 买家"),
        ("product", "lineitem product products prod sku stock article articles item items artikel produkt produkte material ean upc gtin asin isbn produit producto matnr 商品 產品 产品 品項 貨品 貨號 货号 料號"),
        ("description", "arktx maktx description desc beschreibung bezeichnung title titel 品名 說明 说明 描述"),
        ("quantity", "quantity qty quant units unit_count menge anzahl stück stueck pieces pcs count quantité cantidad kwmeng fkimg cds 數量 数量 件數 件数"),
        ("price", "price preis netpr prix precio rate_per_unit 單價 单价 價格 价格 售價 售价"),
        ("unit", "unit each einzel stk per_unit"),
        ("amount", "amount amt total revenue value umsatz betrag summe sum gross net turnover sales dollars dollar euro euros spend montant importe paid netto brutto wert netwr 金額 金额 小計 小计 總額 总额 總計 总计"),
        ("discount", "discount rabatt rebate remise descuento markdown nachlass 折扣 折讓 折让 優惠"),
        ("cost", "cost costs kosten cogs einkaufspreis coût 成本"),
        ("currency", "currency curr waehrung währung ccy waerk waers devise moneda 幣別 币种 貨幣 货币"),
        ("date", "date datum day dt dated tag fecha dte audat erdat fkdat 日期"),
        ("time", "time timestamp ts datetime uhrzeit zeit at when hour heure moment 時間 时间"),
        ("name", "name names nombre nom 名稱 名称 姓名"),
        ("first", "first given fore vor forename vorname prénom"),
        ("last", "last family sur surname nachname familienname lastname"),
        ("email", "email mail e_mail emailaddress 電子郵件 電郵 信箱 邮箱 电子邮件"),
        ("phone", "phone telephone tel telefon mobile handy cell fon tlf 電話 电话 手機 手机"),
        ("street", "street address address1 addr strasse straße adresse rue road 地址"),
        ("postcode", "postcode postal zip zipcode plz postleitzahl postalcode 郵遞區號 邮编"),
        ("city", "city town ort stadt ville ciudad municipality 城市 縣市"),
        ("region", "region state province county bundesland area"),
        ("country", "country land nation pays país 國家 国家"),
        ("gender", "gender sex geschlecht salutation 性別 性别"),
        ("birth", "birth born dob birthday geburts geburt birthdate 生日 出生"),
        ("year", "year jahr yob"),
        ("occupation", "occupation job profession beruf"),
        ("language", "language lang sprache"),
        ("store", "store stores shop branch filiale location outlet site laden warehouse pos_id tienda magasin 門市 门店 分店 店鋪 店铺 門店"),
        ("channel", "channel kanal medium via canal 通路 渠道 管道"),
        ("category", "category categories kategorie cat department warengruppe group class segment_of_goods type 類別 类别 分類 分类"),
        ("subcategory", "subcategory subcat subclass subgroup unterkategorie"),
        ("brand", "brand marke manufacturer vendor hersteller make 品牌"),
        ("list", "list retail rrp msrp"),
        ("launched", "launched launch introduced"),
        ("registered", "registered create registration joined join signup created enrolled since enrolment enrollment 註冊 注册 加入"),
        ("contact", "contact case call ticket incident interaction conversation anruf vorgang fall enquiry inquiry complaint_id 案件 來電 来电 工單"),
        ("complaint", "complaint beschwerde reklamation 客訴 投訴 投诉 抱怨"),
        ("topic", "topic reason subject issue thema grund betreff motive 主題 主题 原因"),
        ("agent", "agent assignee operator representative rep advisor adviser bearbeiter mitarbeiter handler 客服 專員 专员"),
        ("answered", "answered answer picked 接聽 接听"),
        ("resolved", "resolved solved fixed gelöst geloest erledigt resolution 解決 解决 結案"),
        ("escalated", "escalated escalation"),
        ("reopened", "reopened reopen"),
        ("closed", "closed geschlossen end ended"),
        ("household", "household haushalt"),
        ("confirmed", "confirmed verified bestätigt"),
        ("acquisition", "acquisition acquired origin"),
        ("opened", "opened open begin started start received"),
        ("waiting", "waiting wait speed queue hold warte wartezeit 等待"),
        ("talk", "talk handle duration gespräch gespraech gesprächsdauer talktime 通話 通话"),
        ("satisfaction", "satisfaction csat rating score zufriedenheit bewertung 滿意度 满意度 評分 评分"),
        ("campaign", "campaign campaigns kampagne aktion mailing"),
        ("wave", "wave welle drop"),
        ("offer", "offer angebot incentive"),
        ("arm", "arm variant treatment cell testgroup"),
        ("assigned", "assigned assignment allocated"),
        ("sent", "sent versandt send"),
        ("delivered", "delivered delivery zugestellt"),
        ("bounced", "bounced bounce"),
        ("clicked", "clicked click"),
        ("converted", "converted conversion"),
        ("unsubscribed", "unsubscribed unsubscribe optout"),
        ("granted", "granted consent status permission optin"),
        ("stated", "stated"),
        ("purpose", "purpose zweck"),
        ("rate", "rate kurs fx"),
        ("valid", "valid effective gültig gueltig updated modified changed"),
        ("from", "from ab von"),
        ("to", "to bis until"),
        ("return", "return returned refund refunded retoure reversal"),
        ("seconds", "seconds second secs sec s sekunden"),
        ("format", "format"));

    private static readonly HashSet<string> Noise = ["billing", "of", "the", "in", "is", "a", "and", "for", "der", "des", "de", "y", "n", "gbp", "usd", "eur", "avg", "average", "on"];

    private static readonly HashSet<string> Beside = ["shipping", "freight", "postage", "handling", "fee", "fees", "tip", "tips", "gratuity", "deposit", "balance", "versand", "fracht", "運費", "运费"];

    private static readonly HashSet<string> Taxes = ["tax", "taxes", "vat", "mwst", "ust", "gst", "duty", "duties", "稅額", "税额"];

    private static readonly HashSet<string> With = ["incl", "inc", "including", "inkl", "excl", "ex", "excluding", "exkl", "before", "after", "with", "without", "net", "gross"];

    /// <summary>Words that mean something else together than each alone.</summary>
    private static readonly Dictionary<(string, string), string> Pairs = new()
    {
        [("sub", "category")] = "subcategory",
        [("sub", "department")] = "subcategory",
        [("email", "address")] = "email",
        [("e", "mail")] = "email",
        [("order", "item")] = "line",
        [("items", "purchased")] = "quantity",
        [("items", "sold")] = "quantity",
        [("units", "sold")] = "quantity",
        [("sold", "to")] = "customer",
        [("sales", "document")] = "order",
        [("billing", "document")] = "order",
        [("sales", "price")] = "unit_price",
        [("sale", "price")] = "unit_price",
        [("selling", "price")] = "unit_price",
    };

    private static readonly string[] Prefixes = [.. Vocabulary.Keys.Where(word => word.Length > 2 || !char.IsAscii(word[0])).OrderByDescending(word => word.Length)];

    /// <summary>The words of a name, in order.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var tokens = new List<string>();
        foreach (var word in Paired([.. Split(name)]))
        {
            if (word == "unit_price")
            {
                tokens.AddRange(["unit", "price"]);
            }
            else if (Vocabulary.TryGetValue(word, out var meaning))
            {
                tokens.Add(meaning);
            }
            else if (!Noise.Contains(word))
            {
                tokens.AddRange(Compound(word));
            }
        }

        return [.. tokens.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a name has a word, whatever that means.</summary>
    public static bool Says(string name, string word) => Split(name).Contains(word, StringComparer.Ordinal);

    /// <summary>Whether a name is that of an amount that is paid beside the goods, or given back: shipping, fees; taxes and discounts alone.</summary>
    public static bool IsBesideGoods(string name)
    {
        var words = Split(name).ToArray();
        return words.Any(Beside.Contains) || Of(name).Any(word => word is "return" or "cost")
            || ((words.Any(Taxes.Contains) || Of(name).Contains("discount")) && !words.Any(With.Contains));
    }

    /// <summary>How many signs at their beginning the names of a table's columns share that say which table it is, as ss_ of ss_item_sk does.</summary>
    public static int SharedPrefix(IReadOnlyList<string> names)
    {
        var length = names.Count < 3 ? 0 : names[0].IndexOf('_', StringComparison.Ordinal) + 1;
        return length is >= 2 and <= 4 && !Vocabulary.ContainsKey(names[0][..(length - 1)].ToLowerInvariant())
            && names.All(name => name.Length > length && name.StartsWith(names[0][..length], StringComparison.Ordinal))
                ? length : 0;
    }

    private static IEnumerable<string> Paired(string[] words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (at + 1 < words.Length && Pairs.TryGetValue((words[at], words[at + 1]), out var both))
            {
                yield return both;
                at++;
            }
            else
            {
                yield return words[at];
            }
        }
    }

    private static Dictionary<string, string> Words(params (string Meaning, string Words)[] groups)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (meaning, all) in groups)
        {
            foreach (var word in all.Split(' '))
            {
                _ = words.TryAdd(word, meaning);
            }
        }

        return words;
    }

    /// <summary>The parts of a name: between signs, and where small letters are followed by a capital.</summary>
    private static IEnumerable<string> Split(string name)
    {
        var bracket = name.IndexOfAny(['(', '[']);
        var text = bracket > 0 ? name[..bracket] : name;
        var word = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var sign = text[at];
            var isNew = at > 0 && char.IsUpper(sign) && (char.IsLower(text[at - 1]) || (at + 1 < text.Length && char.IsUpper(text[at - 1]) && char.IsLower(text[at + 1])));
            if (word.Length > 0 && (isNew || !char.IsLetterOrDigit(sign)))
            {
                yield return word.ToString();
                word.Clear();
            }

            if (char.IsLetterOrDigit(sign))
            {
                word.Append(char.ToLower(sign, CultureInfo.InvariantCulture));
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    /// <summary>The words that are written as one (orderid, kundennummer); the word itself where it is not made of known ones.</summary>
    private static List<string> Compound(string word)
    {
        var parts = new List<string>();
        var rest = word;
        while (rest.Length > 0)
        {
            if (Vocabulary.TryGetValue(rest, out var meaning))
            {
                parts.Add(meaning);
                return parts;
            }

            var prefix = Prefixes.FirstOrDefault(known => rest.StartsWith(known, StringComparison.Ordinal));
            if (prefix is not null)
            {
                parts.Add(Vocabulary[prefix]);
                rest = rest[prefix.Length..];
            }
            else if (parts.Count > 0 && rest is ['s' or 'n', ..])
            {
                rest = rest[1..];
            }
            else
            {
                return [word];
            }
        }

        return parts;
    }
}
