using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace SocialRegistry.Api.PersonalData;

/// <summary>A page without scripts and without anything from elsewhere, for screen (light and dark) and paper, from either side.</summary>
internal static class PrintedPage
{
    public const string MediaType = "text/html";

    private const string Style =
        ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem}"
        + "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-block-start:2rem}table{border-collapse:collapse;width:100%}"
        + "th,td{text-align:start;vertical-align:top;padding:.4rem .6rem;border-block-end:1px solid color-mix(in srgb,currentColor 25%,transparent)}"
        + "td{overflow-wrap:break-word}.warn{font-weight:600}.wide td:first-child bdi{white-space:nowrap;direction:ltr}"
        // On a narrow screen each row of a wide table is a card, its heads before its cells.
        + "@media screen and (max-width:44rem){.wide thead{display:none}.wide tr{display:block;padding-block:.6rem;"
        + "border-block-end:1px solid color-mix(in srgb,currentColor 25%,transparent)}.wide td{display:block;border:0;padding:.1rem 0}"
        + ".wide td:empty{display:none}.wide td::before{content:attr(data-head) \": \";font-weight:600}}"
        + "@media print{body{max-width:none;padding:0;font-size:11pt}tr,li{break-inside:avoid}thead{display:table-header-group}}";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Languages of which BCP 47 takes the code of two letters.</summary>
    private static readonly Dictionary<string, string> Tags = new()
    {
        ["ara"] = "ar",
        ["eng"] = "en",
        ["fra"] = "fr",
        ["spa"] = "es",
        ["por"] = "pt",
        ["fas"] = "fa",
        ["heb"] = "he",
        ["urd"] = "ur",
        ["pus"] = "ps",
        ["hin"] = "hi",
        ["ben"] = "bn",
        ["swa"] = "sw",
        ["amh"] = "am",
    };

    private static readonly HashSet<string> FromTheRight =
    [
        "ara",
        "heb",
        "fas",
        "prs",
        "urd",
        "pus",
        "ckb",
        "snd",
        "uig",
        "yid",
        "div",
        "ar",
        "he",
        "fa",
        "ur",
        "ps",
    ];

    private static string Policy { get; } =
        "default-src 'none'; style-src 'sha256-"
        + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Headers of such a page: nothing runs, nothing is fetched, nobody frames or keeps it.</summary>
    public static void Guard(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    public static string Head(string title, string language) =>
        $"<!doctype html>\n<html lang=\"{Encode(Tags.GetValueOrDefault(language, language))}\" dir=\"{(FromTheRight.Contains(language) ? "rtl" : "ltr")}\">"
        + $"<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        + $"<title>{Encode(title)}</title><style>{Style}</style></head><body><main><h1>{Encode(title)}</h1>\n";

    public const string Foot = "</main></body></html>\n";

    public static string Encode(string? text) => Encoder.Encode(text ?? "");

    /// <summary>Cells with their direction left to what they hold.</summary>
    public static string Row(params IEnumerable<string?> cells) =>
        "<tr>" + string.Concat(cells.Select(c => $"<td dir=\"auto\">{Encode(c)}</td>")) + "</tr>\n";

    /// <summary>A row of a table of class <c>wide</c>: each cell carries its head.</summary>
    public static string WideRow(IReadOnlyList<string> heads, params IReadOnlyList<string?> cells) =>
        "<tr>"
        + string.Concat(cells.Select((c, i) => $"<td data-head=\"{Encode(heads[i])}\">{Isolated(c)}</td>"))
        + "</tr>\n";

    /// <summary>Its direction is its own, its place that of the page.</summary>
    private static string Isolated(string? text) => string.IsNullOrEmpty(text) ? "" : $"<bdi>{Encode(text)}</bdi>";

    public static string Heads(params IEnumerable<string> cells) =>
        "<thead><tr>" + string.Concat(cells.Select(c => $"<th scope=\"col\">{Encode(c)}</th>")) + "</tr></thead>\n";
}
