namespace SocialRegistry.Contracts;

/// <summary>
/// Gives a query the types of a catalogue: finds its fields, checks operators by type and class (design section 5) and values by type,
/// and that the caller may filter so. Each name that a query uses has to stand in the caller's filters: field ids (of a path, the first),
/// identifier types, and the words <c>area</c>, <c>status</c>, <c>kind</c>, <c>memberships</c> (members and groups) and
/// <c>relationships</c> (relatives).
/// </summary>
public sealed class QueryBinder
{
    public const string Area = "area";
    public const string Status = "status";
    public const string Kind = "kind";
    public const string Memberships = "memberships";
    public const string Relationships = "relationships";

    private readonly Dictionary<string, FieldView[]> kinds;
    private readonly Dictionary<string, IdentifierTypeView> identifierTypes;

    public QueryBinder(CatalogueView catalogue)
    {
        kinds = QueryNames.Kinds.ToDictionary(k => k, k => catalogue.Fields.Where(f => f.Kind == k).ToArray());
        identifierTypes = new Dictionary<string, IdentifierTypeView>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in catalogue.IdentifierTypes)
        {
            foreach (var name in type.Synonyms.Prepend(type.Id))
            {
                identifierTypes.TryAdd(name, type);
            }
        }
    }

    /// <summary>A query that a caller asks.</summary>
    /// <param name="filters">What the caller may filter by.</param>
    /// <param name="path">Where the query stands in what was sent.</param>
    public Outcome<BoundQuery> Bind(Query query, FieldScope filters, string path = "query") =>
        new Run(this, filters, needsIndex: true).Bind(query, path);

    /// <summary>A condition that an administrator sets: also by clear fields that nobody searches by.</summary>
    public Outcome<BoundQuery> BindRule(Query query, string path = "population") =>
        new Run(this, FieldScope.All, needsIndex: false).Bind(query, path);

    /// <summary>The field to sort by, as each kind knows it; none when there is no such field.</summary>
    public IReadOnlyList<QueryField> Find(string path) =>
        [.. kinds.Values.Select(fields => QueryField.Find(fields, path)).OfType<QueryField>()];

    private sealed class Run(QueryBinder binder, FieldScope filters, bool needsIndex)
    {
        private readonly List<FieldProblem> invalid = [];
        private readonly List<FieldProblem> forbidden = [];

        public Outcome<BoundQuery> Bind(Query query, string path)
        {
            var bound = Node(query, path, negated: false);
            return forbidden.Count > 0 ? QueryProblems.Forbidden(forbidden)
                : invalid.Count > 0 ? QueryProblems.Invalid(invalid)
                : bound;
        }

        private BoundQuery Node(Query query, string path, bool negated) =>
            query switch
            {
                AndQuery and => new BoundAnd(Items(and.Items, path + ".and", negated)),
                OrQuery or => new BoundOr(Items(or.Items, path + ".or", negated)),
                NotQuery not => new BoundNot(Node(not.Item, path + ".not", negated: true)),
                FieldQuery field => Field(field, path),
                IdentifierQuery identifier => Identifier(identifier.Identifier, path + ".identifier", negated),
                AreaQuery area => Needs(Area, path + ".area", new BoundArea(area.Code)),
                StatusQuery status => Needs(Status, path + ".status", new BoundStatus(status.Status)),
                KindQuery kind => Needs(Kind, path + ".kind", new BoundKind(kind.Kind)),
                AnyMemberQuery member => Needs(
                    Memberships,
                    path + ".anyMember",
                    new BoundAnyMember(Node(member.Member, path + ".anyMember", negated))
                ),
                MemberOfQuery group => Needs(
                    Memberships,
                    path + ".memberOf",
                    new BoundMemberOf(Node(group.Group, path + ".memberOf", negated))
                ),
                AnyRelativeQuery relative => Needs(
                    Relationships,
                    path + ".anyRelative",
                    new BoundAnyRelative(relative.Kind, Node(relative.Relative, path + ".anyRelative.query", negated))
                ),
                _ => throw new NotSupportedException("No binding for " + query.GetType().Name + "."),
            };

        private List<BoundQuery> Items(IReadOnlyList<Query> items, string path, bool negated) =>
            [.. items.Select((item, index) => Node(item, $"{path}[{index}]", negated))];

        private BoundQuery Field(FieldQuery query, string path)
        {
            var root = query.Field.Split('.')[0];
            var definitions = binder.Find(query.Field);
            var name = QueryProblems.Printable(query.Field);
            if (definitions.Count == 0)
            {
                return Refuse(path + ".field", "unknown", $"There is no field {name}.");
            }

            if (!filters.Contains(root) && !filters.Contains(query.Field))
            {
                return Forbid(path + ".field", name);
            }

            var searchable = definitions.Where(d => d.Root.Searchable || IsFree(d, query)).ToList();
            if (searchable.Count == 0)
            {
                return Refuse(path + ".field", "searchable", $"The field {name} is not searchable.");
            }

            var taking = searchable.Where(d => d.Takes(query.Operator)).ToList();
            if (taking.Count == 0)
            {
                return Refuse(
                    path + ".op",
                    "operator",
                    searchable[0].IsProtected
                        ? $"The field {name} is protected and does not take {QueryNames.Name(query.Operator)}."
                        : $"The field {name} does not take {QueryNames.Name(query.Operator)}."
                );
            }

            // Mostly both kinds define a field in the same way; else each has its own condition, if the value is one of its type.
            var shapes = definitions.DistinctBy(Shape).Count();
            var faults = new List<FieldProblem>();
            var bound = new List<BoundQuery>();
            foreach (var group in taking.GroupBy(Shape))
            {
                var before = invalid.Count;
                var field = group.First() with
                {
                    Kinds = [.. group.SelectMany(d => d.Kinds)],
                    IsAmbiguous = shapes > 1,
                };
                var condition = Positive(field, query, path);
                if (invalid.Count == before)
                {
                    bound.Add(condition);
                    continue;
                }

                faults.AddRange(invalid[before..]);
                invalid.RemoveRange(before, invalid.Count - before);
            }

            if (bound.Count == 0)
            {
                invalid.Add(faults[0]);
                return Nobody;
            }

            var positive = bound is [var one] ? one : new BoundOr(bound);
            return IsOpposite(query) ? new BoundNot(positive) : positive;
        }

        private bool IsFree(QueryField field, FieldQuery query) =>
            !needsIndex
            && (
                field.IsProtected
                    ? query.Operator == QueryOperator.Exists
                    : query.Operator is not (QueryOperator.Contains or QueryOperator.StartsWith)
            );

        private static (string, bool, FieldType) Shape(QueryField field) =>
            (string.Concat(field.Steps.Select(s => s.Repeated ? "*" : "-")), field.IsProtected, field.Leaf.Type);

        private static bool IsOpposite(FieldQuery query) =>
            query.Operator is QueryOperator.Ne or QueryOperator.Nin
            || (
                query.Operator == QueryOperator.Exists && query.Value.ValueKind == System.Text.Json.JsonValueKind.False
            );

        private BoundQuery Positive(QueryField field, FieldQuery query, string path)
        {
            var value = path + ".value";
            switch (query.Operator)
            {
                case QueryOperator.Exists:
                    return
                        query.Value.ValueKind
                            is System.Text.Json.JsonValueKind.True
                                or System.Text.Json.JsonValueKind.False
                        ? new BoundExists(field)
                        : Refuse(value, "type", "Send true or false.");
                case QueryOperator.Eq or QueryOperator.Ne:
                    return QueryValue.Read(field, query.Value, out var fault) is { } one
                        ? new BoundIn(field, [one])
                        : Refuse(value, "type", fault);
                case QueryOperator.In or QueryOperator.Nin:
                    return Several(field, query, value);
                case QueryOperator.Contains or QueryOperator.StartsWith:
                    return QueryValue.ReadPart(query.Value) is { } part
                        ? new BoundText(field, query.Operator == QueryOperator.StartsWith, part)
                        : Refuse(
                            value,
                            "length",
                            $"Send a text of 1 to {QueryLimits.MaxPartLength} characters that are not only accents and blanks."
                        );
                default:
                    return QueryValue.Read(field, query.Value, out var wrong) is { } bound
                        ? new BoundCompare(field, query.Operator, bound)
                        : Refuse(value, "type", wrong);
            }
        }

        private BoundQuery Several(QueryField field, FieldQuery query, string path)
        {
            if (
                query.Value.ValueKind != System.Text.Json.JsonValueKind.Array
                || query.Value.GetArrayLength() is 0 or > QueryLimits.MaxValues
            )
            {
                return Refuse(path, "items", $"Send an array of 1 to {QueryLimits.MaxValues} values.");
            }

            var values = new List<object>();
            foreach (var (index, element) in query.Value.EnumerateArray().Index())
            {
                if (QueryValue.Read(field, element, out var fault) is not { } value)
                {
                    return Refuse($"{path}[{index}]", "type", fault);
                }

                values.Add(value);
            }

            return new BoundIn(field, [.. values.Distinct()]);
        }

        private BoundQuery Identifier(Identifier identifier, string path, bool negated)
        {
            if (!binder.identifierTypes.TryGetValue(identifier.Type, out var type))
            {
                return Refuse(path + ".type", "unknown", "There is no such identifier type.");
            }

            if (filters.IsAll)
            {
                return new BoundIdentifier(type, identifier.Value);
            }

            // "Everybody but" would be a list of everybody for who may only ask about numbers that it knows.
            return
                !negated
                && type.Synonyms.Append(type.Id).Append("identifiers").Append("identifier").Any(filters.Contains)
                ? new BoundIdentifier(type, identifier.Value)
                : Forbid(path + ".type", type.Id);
        }

        private BoundQuery Needs(string word, string path, BoundQuery bound) =>
            filters.Contains(word) ? bound : Forbid(path, word);

        private BoundOr Forbid(string path, string name)
        {
            forbidden.Add(new FieldProblem(path, "filter", $"This caller may not filter by {name} in this way."));
            return Nobody;
        }

        private BoundOr Refuse(string path, string code, string detail)
        {
            invalid.Add(new FieldProblem(path, code, detail));
            return Nobody;
        }

        /// <summary>Stands where a fault was found; never answered.</summary>
        private static BoundOr Nobody { get; } = new([]);
    }
}
