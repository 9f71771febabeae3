using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Search;

/// <summary>What a query looks at in the records that it is asked of.</summary>
internal static class LookedAt
{
    public const string Memberships = "memberships";
    public const string Relationships = "relationships";

    /// <summary>Fields, types of identifiers, and the edges that lead to others; what is asked of these others is theirs. Kind and status are no secrets of anybody's.</summary>
    public static IReadOnlySet<string> By(BoundQuery query)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Collect(query, names);
        return names;
    }

    private static void Collect(BoundQuery query, SortedSet<string> names)
    {
        switch (query)
        {
            case BoundAnd and:
                and.Items.ToList().ForEach(i => Collect(i, names));
                break;
            case BoundOr or:
                or.Items.ToList().ForEach(i => Collect(i, names));
                break;
            case BoundNot not:
                Collect(not.Item, names);
                break;
            case BoundExists exists:
                names.Add(exists.Field.Root.Id);
                break;
            case BoundIn among:
                names.Add(among.Field.Root.Id);
                break;
            case BoundCompare compare:
                names.Add(compare.Field.Root.Id);
                break;
            case BoundText text:
                names.Add(text.Field.Root.Id);
                break;
            case BoundIdentifier identifier:
                names.Add(identifier.Type.Id);
                break;
            case BoundArea:
                names.Add(QueryBinder.Area);
                break;
            case BoundAnyMember or BoundMemberOf:
                names.Add(Memberships);
                break;
            case BoundAnyRelative:
                names.Add(Relationships);
                break;
            case BoundStatus or BoundKind:
                break;
            default:
                // A kind of condition that is not known here would be a way around consents.
                throw new NotSupportedException("What " + query.GetType().Name + " looks at is not known.");
        }
    }
}
