namespace SocialRegistry.Contracts;

/// <summary>
/// A query whose fields are those of one state of the catalogue and whose values have their types. Made by <see cref="QueryBinder"/> only.
/// <c>ne</c>, <c>nin</c> and <c>exists</c> false are gone from it: they are the opposites of what is left.
/// </summary>
public abstract record BoundQuery;

public sealed record BoundAnd(IReadOnlyList<BoundQuery> Items) : BoundQuery;

public sealed record BoundOr(IReadOnlyList<BoundQuery> Items) : BoundQuery;

public sealed record BoundNot(BoundQuery Item) : BoundQuery;

/// <summary>The field has a value; of a group or repeated field, one in any element.</summary>
public sealed record BoundExists(QueryField Field) : BoundQuery;

/// <summary>A value of the field equals one of these.</summary>
/// <param name="Values">Of the field's type: <see cref="string"/> (texts of protected fields folded), <see cref="decimal"/>, <see cref="bool"/> or <see cref="QueryDate"/>.</param>
public sealed record BoundIn(QueryField Field, IReadOnlyList<object> Values) : BoundQuery;

/// <summary>A value of the field lies before or after.</summary>
/// <param name="Operator"><c>lt</c>, <c>le</c>, <c>gt</c> or <c>ge</c>.</param>
/// <param name="Value"><see cref="decimal"/> or <see cref="QueryDate"/>.</param>
public sealed record BoundCompare(QueryField Field, QueryOperator Operator, object Value) : BoundQuery;

/// <summary>A value of the field, folded, holds or begins with a folded text.</summary>
/// <param name="Part">1 to <see cref="QueryLimits.MaxPartLength"/> characters.</param>
public sealed record BoundText(QueryField Field, bool AtStart, string Part) : BoundQuery;

/// <param name="Type">Of the catalogue.</param>
/// <param name="Value">As it was sent.</param>
public sealed record BoundIdentifier(IdentifierTypeView Type, string Value) : BoundQuery;

public sealed record BoundArea(string Code) : BoundQuery;

public sealed record BoundStatus(string Status) : BoundQuery;

public sealed record BoundKind(string Kind) : BoundQuery;

public sealed record BoundAnyMember(BoundQuery Member) : BoundQuery;

public sealed record BoundMemberOf(BoundQuery Group) : BoundQuery;

public sealed record BoundAnyRelative(RelativeKind Kind, BoundQuery Relative) : BoundQuery;
