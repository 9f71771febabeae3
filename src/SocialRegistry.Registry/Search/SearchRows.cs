using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Search;

/// <summary>Keeps what searches look into beside the records: tokens of protected texts and folded copies of clear ones.</summary>
internal sealed class SearchRows(FieldCatalogue catalogue, IKeyRing keys)
{
    private readonly ConcurrentDictionary<string, byte[]> secrets = new();

    /// <summary>The token of a folded value.</summary>
    public byte[] Token(string field, string folded) =>
        BlindIndex.Token(secrets.GetOrAdd(field, id => keys.Secret("blind-index/field/" + id)), folded);

    /// <summary>True when one of these fields has rows here.</summary>
    public bool Keeps(string kind, IEnumerable<string> fields) =>
        fields.Any(id => catalogue.Current.Rule(kind, id) is { } rule && Kept(rule.View).Any());

    /// <summary>The rows of one field's clear value.</summary>
    public IEnumerable<object> Make(Guid registrant, string kind, string field, JsonElement value)
    {
        if (catalogue.Current.Rule(kind, field) is not { } rule)
        {
            yield break;
        }

        var values = new Dictionary<string, JsonElement> { [field] = value };
        foreach (var kept in Kept(rule.View))
        {
            var folded = QueryEvaluation
                .Values(kept, values)
                .Select(v => TextFold.Apply(v.GetString() ?? ""))
                .Where(text => text.Length > 0)
                .Distinct();
            foreach (var (position, text) in folded.Index())
            {
                yield return kept.HasTokens
                    ? new SearchToken
                    {
                        Field = kept.Path,
                        Token = Token(kept.Path, text),
                        RegistrantId = registrant,
                    }
                    : new SearchText
                    {
                        RegistrantId = registrant,
                        Field = kept.Path,
                        Position = position,
                        Head = Head(text),
                        Folded = text,
                    };
            }
        }
    }

    /// <summary>The rows that stand, to be replaced.</summary>
    public static async Task<ILookup<Guid, KeptRow>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> registrants,
        CancellationToken cancellationToken
    )
    {
        var tokens = await db
            .SearchTokens.Where(t => registrants.Contains(t.RegistrantId))
            .ToListAsync(cancellationToken);
        var texts = await db
            .SearchTexts.Where(t => registrants.Contains(t.RegistrantId))
            .ToListAsync(cancellationToken);
        return tokens
            .Select(t => new KeptRow(t.RegistrantId, t.Field, t))
            .Concat(texts.Select(t => new KeptRow(t.RegistrantId, t.Field.Split('.')[0], t)))
            .ToLookup(r => r.Registrant);
    }

    /// <summary>The leaves of a field that have rows here.</summary>
    public static IEnumerable<QueryField> Kept(FieldView field) =>
        field is { Searchable: true, State: FieldState.Published }
            ? QueryField.Leaves(field).Where(f => f.HasTokens || f.HasFoldedCopy)
            : [];

    private static string Head(string folded)
    {
        var length = Math.Min(folded.Length, QueryLimits.MaxPartLength);
        return folded[..(length < folded.Length && char.IsHighSurrogate(folded[length - 1]) ? length - 1 : length)];
    }
}

/// <summary>A row of <see cref="SearchToken"/> or <see cref="SearchText"/>.</summary>
/// <param name="Field">The field of the record, never a path.</param>
internal sealed record KeptRow(Guid Registrant, string Field, object Row);
