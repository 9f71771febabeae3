using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>A query to be asked of records in memory: opens the fields that it names and no other.</summary>
internal sealed class PastQuery
{
    private readonly BoundQuery query;
    private readonly Catalogue catalogue;
    private readonly IAreaTree tree;
    private readonly QueryEvaluation evaluation;
    private readonly HashSet<string> fields = [];
    private readonly HashSet<string> identifierTypes = [];

    public PastQuery(BoundQuery query, Catalogue catalogue, IAreaTree tree)
    {
        (this.query, this.catalogue, this.tree) = (query, catalogue, tree);
        evaluation = new QueryEvaluation((type, value) => catalogue.IdentifierType(type.Id)?.Normalise(value));
        Collect(query);
        Kind = (query is BoundAnd and ? and.Items : [query]).OfType<BoundKind>().FirstOrDefault()?.Kind;
    }

    /// <summary>The kind that every hit has; absent when the query leaves it open. A record's kind never changes.</summary>
    public string? Kind { get; }

    /// <summary>True when the query asks about members, groups or relatives.</summary>
    public static bool LooksAround(BoundQuery query) =>
        query switch
        {
            BoundAnd and => and.Items.Any(LooksAround),
            BoundOr or => or.Items.Any(LooksAround),
            BoundNot not => LooksAround(not.Item),
            BoundAnyMember or BoundMemberOf or BoundAnyRelative => true,
            _ => false,
        };

    public bool IsTrueOf(OpenRecord record)
    {
        var values = new Dictionary<string, JsonElement>();
        foreach (var id in fields)
        {
            if (catalogue.Rule(record.Row.Kind, id) is { } rule && record.Value(rule) is { } value)
            {
                values[id] = value;
            }
        }

        var area = values.TryGetValue(QueryBinder.Area, out var code) ? code.ToString() : null;
        return evaluation.Matches(
            query,
            new QueryRecord
            {
                Kind = record.Row.Kind,
                Status = record.Document.Status,
                Values = values,
                Identifiers =
                [
                    .. record
                        .Document.Identifiers.Where(i => identifierTypes.Contains(i.Type))
                        .Select(i => new Identifier(
                            i.Type,
                            record.Cipher.OpenText(RecordDraft.IdentifierPath(i.Type), i.Tail)
                        )),
                ],
                AreasAbove = area is null ? [] : tree.Ancestors(area),
            }
        );
    }

    private void Collect(BoundQuery part)
    {
        switch (part)
        {
            case BoundAnd and:
                and.Items.ToList().ForEach(Collect);
                break;
            case BoundOr or:
                or.Items.ToList().ForEach(Collect);
                break;
            case BoundNot not:
                Collect(not.Item);
                break;
            case BoundExists { Field: var field }:
                fields.Add(field.Root.Id);
                break;
            case BoundIn { Field: var field }:
                fields.Add(field.Root.Id);
                break;
            case BoundCompare { Field: var field }:
                fields.Add(field.Root.Id);
                break;
            case BoundText { Field: var field }:
                fields.Add(field.Root.Id);
                break;
            case BoundIdentifier identifier:
                identifierTypes.Add(identifier.Type.Id);
                break;
            case BoundArea:
                fields.Add(QueryBinder.Area);
                break;
        }
    }
}
