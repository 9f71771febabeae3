using System.Collections.Concurrent;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Shows records: opens what the gate lets through and nothing else.</summary>
internal sealed class RecordViews(FieldCatalogue catalogue, IKeyRing keys)
{
    private readonly ConcurrentDictionary<string, byte[]> pseudonymKeys = new();

    /// <summary>The record as the caller may see it.</summary>
    /// <param name="shown">Receives what was shown, for the disclosure log.</param>
    /// <param name="only">When given, no other field is shown.</param>
    public RegistrantView Show(
        OpenRecord record,
        ReadGate gate,
        ICollection<string> shown,
        IReadOnlySet<string>? only = null
    )
    {
        var values = new Dictionary<string, JsonElement>();
        var masked = new List<string>();
        foreach (var rule in catalogue.Current.Rules(record.Row.Kind))
        {
            if (gate.Shows(rule.View) && only?.Contains(rule.View.Id) != false && record.Value(rule) is { } value)
            {
                var masks = gate.Masks(rule.View.Id);
                values[rule.View.Id] = masks ? Masks.Of(rule.View, value) : value;
                shown.Add(masks ? Masks.Shown(rule.View.Id) : rule.View.Id);
                if (masks)
                {
                    masked.Add(rule.View.Id);
                }
            }
        }

        var identifiers = Identifiers(record, gate, masked);
        if (identifiers.Count > 0)
        {
            var hidden = identifiers.All(i => masked.Contains(i.Type));
            shown.Add(hidden ? Masks.Shown(IdentifierType.Identifiers) : IdentifierType.Identifiers);
        }

        return new RegistrantView
        {
            Id = record.Row.RegistrantId,
            Kind = record.Row.Kind,
            Version = record.Row.Version,
            Status = record.Document.Status,
            StatusOn = record.Document.StatusOn,
            RegisteredAt = record.Row.RegisteredAt,
            UpdatedAt = record.Row.UpdatedAt,
            Values = values,
            Identifiers = identifiers,
            MergedInto = record.Row.MergedInto is { } survivor ? new RegistrantId(survivor) : null,
            Masked = masked,
            Pseudonym = gate.Caller.Kind == CallerKind.Partner ? Pseudonym(gate.Caller.Id, record.Row.Id) : null,
        };
    }

    private List<Identifier> Identifiers(OpenRecord record, ReadGate gate, List<string> masked)
    {
        var identifiers = new List<Identifier>();
        foreach (var stored in record.Document.Identifiers)
        {
            if (catalogue.Current.IdentifierType(stored.Type) is { } type && gate.Shows(type))
            {
                var details = IdentifierDetails.Open(record.Cipher, stored);
                var value = record.Cipher.OpenText(RecordDraft.IdentifierPath(stored.Type), stored.Tail);
                var masks = gate.Masks(type);
                identifiers.Add(
                    new Identifier(stored.Type, masks ? Masks.LastCharacters(value) : value)
                    {
                        IssuedOn = details?.IssuedOn,
                        ExpiresOn = details?.ExpiresOn,
                        Issuer = details?.Issuer,
                    }
                );
                if (masks && !masked.Contains(stored.Type))
                {
                    masked.Add(stored.Type);
                }
            }
        }

        return identifiers;
    }

    private string Pseudonym(string partner, Guid registrant) =>
        Pseudonyms.For(pseudonymKeys.GetOrAdd(partner, id => Pseudonyms.Key(keys, id)), registrant);
}
