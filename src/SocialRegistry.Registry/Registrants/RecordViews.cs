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
        foreach (var rule in catalogue.Current.Rules(record.Row.Kind))
        {
            if (gate.Shows(rule.View) && only?.Contains(rule.View.Id) != false && record.Value(rule) is { } value)
            {
                values[rule.View.Id] = value;
                shown.Add(rule.View.Id);
            }
        }

        var identifiers = Identifiers(record, gate);
        if (identifiers.Count > 0)
        {
            shown.Add(IdentifierType.Identifiers);
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
            Pseudonym = gate.Caller.Kind == CallerKind.Partner ? Pseudonym(gate.Caller.Id, record.Row.Id) : null,
        };
    }

    private List<Identifier> Identifiers(OpenRecord record, ReadGate gate)
    {
        var identifiers = new List<Identifier>();
        foreach (var stored in record.Document.Identifiers)
        {
            if (catalogue.Current.IdentifierType(stored.Type) is { } type && gate.Shows(type))
            {
                var details = IdentifierDetails.Open(record.Cipher, stored);
                identifiers.Add(
                    new Identifier(
                        stored.Type,
                        record.Cipher.OpenText(RecordDraft.IdentifierPath(stored.Type), stored.Tail)
                    )
                    {
                        IssuedOn = details?.IssuedOn,
                        ExpiresOn = details?.ExpiresOn,
                        Issuer = details?.Issuer,
                    }
                );
            }
        }

        return identifiers;
    }

    private string Pseudonym(string partner, Guid registrant) =>
        Pseudonyms.For(pseudonymKeys.GetOrAdd(partner, id => Pseudonyms.Key(keys, id)), registrant);
}
