using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>
/// A condition on records, as a tree. It is read from JSON by <see cref="QueryReader"/>, given its types by <see cref="QueryBinder"/>,
/// and then answered by the database or, record by record, by <see cref="QueryEvaluation"/>: both in the same way.
/// Each node is true or false of a record, never unknown, so <see cref="NotQuery"/> is the plain opposite.
/// </summary>
public abstract record Query;

/// <summary><c>{"and":[…]}</c>: all of them, one at least.</summary>
public sealed record AndQuery(IReadOnlyList<Query> Items) : Query;

/// <summary><c>{"or":[…]}</c>: at least one of them.</summary>
public sealed record OrQuery(IReadOnlyList<Query> Items) : Query;

/// <summary><c>{"not":…}</c></summary>
public sealed record NotQuery(Query Item) : Query;

/// <summary><c>{"field":"birth_date","op":"ge","value":"1960-01-01"}</c></summary>
/// <param name="Field">Field id, or a path into a group field such as <c>place.name</c>.</param>
/// <param name="Value">Of the field's type; an array for <c>in</c> and <c>nin</c>; true or false for <c>exists</c>.</param>
public sealed record FieldQuery(string Field, QueryOperator Operator, JsonElement Value) : Query;

/// <summary><c>{"identifier":{"type":"UIN","value":"…"}}</c>: carries this identifier, compared by the type's rule.</summary>
public sealed record IdentifierQuery(Identifier Identifier) : Query;

/// <summary><c>{"area":"CODE"}</c>: lies in this area or in one below it.</summary>
public sealed record AreaQuery(string Code) : Query;

/// <summary><c>{"status":"active"}</c>: the record's own status.</summary>
public sealed record StatusQuery(string Status) : Query;

/// <summary><c>{"kind":"individual"}</c></summary>
public sealed record KindQuery(string Kind) : Query;

/// <summary><c>{"anyMember":…}</c>: a group with an open member of whom this is true.</summary>
public sealed record AnyMemberQuery(Query Member) : Query;

/// <summary><c>{"memberOf":…}</c>: an individual with an open membership in a group of which this is true.</summary>
public sealed record MemberOfQuery(Query Group) : Query;

/// <summary><c>{"anyRelative":{"kind":"parent","query":…}}</c>: an individual with a parent, child or spouse of whom this is true.</summary>
public sealed record AnyRelativeQuery(RelativeKind Kind, Query Relative) : Query;

/// <summary>Whom an <see cref="AnyRelativeQuery"/> looks at, seen from the record.</summary>
public enum RelativeKind
{
    Parent,
    Child,
    Spouse,
}

/// <summary>How a field is compared. Which operators a field takes depends on its type and class (<see cref="QueryBinder"/>).</summary>
public enum QueryOperator
{
    /// <summary>Equal. Of a repeated field: an element is. A date equals all it covers: <c>1980</c> every day of that year.</summary>
    Eq,

    /// <summary>The opposite of <see cref="Eq"/>, so true where there is no value.</summary>
    Ne,
    Lt,
    Le,
    Gt,
    Ge,

    /// <summary>Equal to one of them.</summary>
    In,

    /// <summary>The opposite of <see cref="In"/>, so true where there is no value.</summary>
    Nin,

    /// <summary>Has a value (or, with false, none).</summary>
    Exists,

    /// <summary>Holds this text, in folded form (<see cref="TextFold"/>).</summary>
    Contains,

    /// <summary>Begins with this text, in folded form.</summary>
    StartsWith,
}
