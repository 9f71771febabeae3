using System.Collections.Frozen;

namespace SocialRegistry.JsonSchema;

/// <summary>One of the formats of validation §7.3.</summary>
/// <param name="Words">What the text must be, to follow "must be".</param>
/// <param name="Fits">Whether a text is of the format.</param>
internal sealed record Format(string Words, Func<string, bool> Fits)
{
    public static FrozenDictionary<string, Format> All { get; } =
        new Dictionary<string, Format>
        {
            ["date"] = new("a date such as 2026-01-31 (RFC 3339)", DateTimes.IsDate),
            ["time"] = new("a time of day with its offset, such as 08:30:00Z (RFC 3339)", DateTimes.IsTime),
            ["date-time"] = new(
                "a date and time with its offset, such as 2026-01-31T08:30:00Z (RFC 3339)",
                DateTimes.IsDateTime
            ),
            ["duration"] = new("a duration such as P1Y2M or PT30M (RFC 3339, appendix A)", DateTimes.IsDuration),
            ["email"] = new("an e-mail address (RFC 5321)", MailAddresses.IsAscii),
            ["idn-email"] = new("an e-mail address (RFC 6531)", MailAddresses.IsInternational),
            ["hostname"] = new("a host name (RFC 1123)", HostNames.IsAscii),
            ["idn-hostname"] = new("a host name (RFC 5890)", HostNames.IsInternational),
            ["ipv4"] = new("an IPv4 address of four numbers", IpAddresses.IsV4),
            ["ipv6"] = new("an IPv6 address (RFC 4291)", IpAddresses.IsV6),
            ["uri"] = new(
                "a URI with its scheme (RFC 3986)",
                text => Uris.Fits(text, international: false, absolute: true)
            ),
            ["uri-reference"] = new(
                "a URI or a relative reference (RFC 3986)",
                text => Uris.Fits(text, international: false, absolute: false)
            ),
            ["iri"] = new(
                "an IRI with its scheme (RFC 3987)",
                text => Uris.Fits(text, international: true, absolute: true)
            ),
            ["iri-reference"] = new(
                "an IRI or a relative reference (RFC 3987)",
                text => Uris.Fits(text, international: true, absolute: false)
            ),
            ["uri-template"] = new("a URI template (RFC 6570)", UriTemplates.Fits),
            ["uuid"] = new("a UUID (RFC 4122)", Identifiers.IsUuid),
            ["json-pointer"] = new("a JSON pointer (RFC 6901)", Identifiers.IsJsonPointer),
            ["relative-json-pointer"] = new("a relative JSON pointer", Identifiers.IsRelativeJsonPointer),
            ["regex"] = new("a regular expression (ECMA-262)", text => SchemaPattern.TryParse(text, out _, out _)),
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
