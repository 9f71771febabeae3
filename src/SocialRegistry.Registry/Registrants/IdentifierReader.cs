using System.Buffers.Text;
using System.Collections.Concurrent;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Turns identifiers as people write them into those the directory knows.</summary>
internal sealed class IdentifierReader(FieldCatalogue catalogue, IKeyRing keys)
{
    private readonly ConcurrentDictionary<string, byte[]> secrets = new();

    /// <summary>Checks a record's identifiers; problems go to <paramref name="problems"/>.</summary>
    public List<KnownIdentifier> Read(string kind, IReadOnlyList<Identifier> identifiers, ValueValidator problems)
    {
        var known = new List<KnownIdentifier>();
        if (identifiers.Count > ValueLimits.MaxIdentifiers)
        {
            problems.Add("identifiers", "items", $"A record has at most {ValueLimits.MaxIdentifiers} identifiers.");
            return known;
        }

        foreach (var (index, identifier) in identifiers.Index())
        {
            var type = catalogue.Current.IdentifierType(identifier?.Type);
            if (type is null || type.View.Kind != kind)
            {
                problems.Add(
                    $"identifiers[{index}].type",
                    "unknown",
                    $"There is no such identifier type for the kind {kind}."
                );
            }
            else if (type.Normalise(identifier!.Value) is not { } normalised)
            {
                problems.Add(
                    $"identifiers[{index}].value",
                    "pattern",
                    "The identifier has not the form that its type asks for."
                );
            }
            else if (Known(type, identifier.Value, normalised) is var one && known.Any(k => k.IsSameAs(one)))
            {
                problems.Add($"identifiers[{index}]", "duplicate", "This identifier is there twice.");
            }
            else
            {
                var details = IdentifierDetails.Of(identifier);
                details?.Check($"identifiers[{index}]", problems);
                known.Add(one with { Details = details });
            }
        }

        return known;
    }

    /// <summary>One identifier to look for; <c>null</c> when no record can carry it. The type is known.</summary>
    public KnownIdentifier? Read(IdentifierType type, string? value) =>
        type.Normalise(value) is { } normalised ? Known(type, value!, normalised) : null;

    private KnownIdentifier Known(IdentifierType type, string value, string normalised)
    {
        var secret = secrets.GetOrAdd(type.View.Id, id => keys.Secret("blind-index/identifier/" + id));
        return new KnownIdentifier(type, value, BlindIndex.Token(secret, normalised));
    }
}

/// <summary>An identifier with its keyed token.</summary>
internal sealed record KnownIdentifier(IdentifierType Type, string Value, byte[] Token)
{
    /// <summary>The token as text: what documents and dictionaries use.</summary>
    public string TokenText { get; } = Base64Url.EncodeToString(Token);

    /// <summary>Absent when nothing is said.</summary>
    public IdentifierDetails? Details { get; init; }

    public (string Type, string Token) Key => (Type.View.Id, TokenText);

    public bool IsSameAs(KnownIdentifier other) => Key == other.Key;
}
