namespace SocialRegistry.Access.Roles;

/// <summary>How much of a field's value its reader sees; the greater shows more.</summary>
internal enum FieldSight
{
    None,

    /// <summary>A form that tells little, such as the last digits.</summary>
    Masked,
    Clear,
}

/// <summary>What a role shows of each class of field (design section 5). Public fields are always clear.</summary>
internal sealed record ClassSights(FieldSight Internal, FieldSight Personal, FieldSight Sensitive)
{
    public static ClassSights All { get; } = new(FieldSight.Clear, FieldSight.Clear, FieldSight.Clear);

    public static ClassSights None { get; } = new(FieldSight.None, FieldSight.None, FieldSight.None);
}
