// The shapes of the `.mud` language. What the words mean - kinds, properties, events, verbs - is in the
// tables of world/schema; nothing here knows them.
//
// A parser grammar without a lexer: compiler/parse/ lexes by hand and tells words apart by their position
// before the parser sees them (a `for` that begins `for x in list` is FOR, `for` behind an operand is KEY,
// elsewhere it is NAME). So every decision below is made on one token: the generated parser must not contain
// `adaptivePredict`, and a test looks. Precedence of operators is resolved where the tree is built.
parser grammar Mud;

tokens {
  // literals
  INTEGER, PERCENT, DURATION, WEIGHT, CLOCK, DICE, STRING, TEXT, TRUE, FALSE, NONE,
  // punctuation; CALL and INDEX are ( and [ directly behind what they belong to
  LBRACE, RBRACE, LPAREN, CALL, RPAREN, LBRACKET, INDEX, RBRACKET, COMMA, COLON, SEPARATOR, ARROW, DOT, QUESTION, TAG,
  ASSIGN, ADD_ASSIGN, SUBTRACT_ASSIGN,
  // `=>` before a value (loot) and before a statement (choose)
  YIELDS, DOES,
  // every infix operator, symbols and words; SIGN is + or - before an operand; LESS and GREATER also enclose
  // types
  OPERATOR, LESS, GREATER, SIGN, NOT, CHANCE,
  // words by position
  NAME, QUALIFIER, LABEL, KEY, VERB, CALLEE, TARGET, PROPERTY, LABELLED, VALUE_VERB,
  HANDLER, EVENT, OWNER, STATE, FN, MODIFIER, OVERRIDE,
  IF, ELSE, FOR, IN, WHILE, LET, MATCH, CASE, RETURN, AS,
  KIND, MODULE, USE, FORMULA, CONST, ENUM, RECORD, FROM, WITH, RENAMED,
  // what the lexer could not read; no rule accepts it
  BAD
}

// ---- one chunk at column 0

chunk
  : ( declaration_=declaration | item_=item ) SEPARATOR? EOF ;

declaration
  : keyword=MODULE name=path
  | keyword=USE name=path ( AS alias=NAME )?
  | modifiers+=MODIFIER* ( general_=general | formula_=formula | constant_=constant | enumeration_=enumeration | layout_=layout ) ;

general
  : kind=KIND ( name=path | title=STRING ) accepts=parameters?
    ( FROM parent=path | WITH traits+=use ( COMMA traits+=use )* | RENAMED former=path )* ( ARROW heir=path )?
    body=block? ;

use
  : name=path ( CALL ( values+=argument ( COMMA values+=argument )* )? RPAREN )? ;

function
  : keyword=FN name=NAME accepts=parameters ( ARROW result=type )? body=block ;

formula
  : keyword=FORMULA name=NAME accepts=parameters ( ARROW result=type )? ASSIGN value=expression ;

constant
  : keyword=CONST name=NAME ( COLON result=type )? ASSIGN value=expression ;

enumeration
  : keyword=ENUM name=NAME LBRACE ( values+=NAME | COMMA | SEPARATOR )* close=RBRACE ;

layout
  : keyword=RECORD name=NAME LBRACE ( fields+=parameter | COMMA | SEPARATOR )* close=RBRACE ;

// ---- members and statements: one of them begins each line

block
  : open=LBRACE items+=item? ( SEPARATOR items+=item? )* close=RBRACE ;

item
  : property_=property | labelled_=labelled | change_=change | invocation_=invocation | row_=row
  | state_=state | handler_=handler | function_=function | sentence_=sentence | condition_=condition
  | loop_=loop | repetition_=repetition | binding_=binding | selection_=selection | giving_=giving
  | impersonation_=impersonation | go_=go | block_=block ;

property
  : name=PROPERTY COLON values+=setting ( COMMA values+=setting )* ;

labelled
  : name=LABELLED labels+=expression ( COMMA labels+=expression )* COLON values+=setting ( COMMA values+=setting )* ;

setting
  : parts+=phrase+ ;

change
  : name=TARGET steps+=suffix* op=( ASSIGN | ADD_ASSIGN | SUBTRACT_ASSIGN ) right=source
    ( COMMA more+=setting )* ( ELSE otherwise=block )? ;

invocation
  : name=CALLEE steps+=suffix+ ( ELSE otherwise=block )? ;

row
  : weight=expression ( YIELDS yield=setting | DOES does=item ) ;

state
  : owner=OWNER? keyword=STATE name=NAME ( COLON result=type )? ( ASSIGN initial=expression )? ;

handler
  : modifier=OVERRIDE? keyword=HANDLER ( event=EVENT accepts=parameters? )?
    ( labels+=expression ( COMMA labels+=expression )* )? clauses+=clause* body=block? ( ARROW target=path )? ;

clause
  : key=KEY value=expression? ;

// `verb operand (preposition operand)*`, also `exit north -> hall { ... }` and `spawn rat max 3`
sentence
  : verb=VERB parts+=part* ( ARROW target=path body=block? | body=block ( ARROW target=path )? )?
    ( ELSE otherwise=block )? ;

part
  : words=phrase | comma=COMMA ;

phrase
  : value=expression | key=KEY | tag=TAG ;

condition
  : first=branch ( ELSE tails+=tail )* ;

branch
  : keyword=IF test=expression clauses+=clause* ( body=block | ARROW target=path ) ;

tail
  : chosen=branch | body=block ;

loop
  : keyword=FOR name=NAME ( COMMA second=NAME )? IN source_=expression clauses+=clause* body=block ;

repetition
  : keyword=WHILE test=expression body=block ;

binding
  : keyword=LET name=NAME ( COLON result=type )? ASSIGN right=source ( ELSE otherwise=block )? ;

source
  : plain=expression | verb=VALUE_VERB parts+=phrase* ;

selection
  : keyword=MATCH subject=expression LBRACE SEPARATOR? ( cases+=choice SEPARATOR? )* close=RBRACE ;

choice
  : ( keyword=CASE labels+=expression ( COMMA labels+=expression )* | keyword=ELSE ) body=block ;

giving
  : keyword=RETURN right=source? ;

impersonation
  : keyword=AS name=NAME steps+=suffix* does=item ;

go
  : arrow=ARROW target=path ;

// ---- parameters and types

parameters
  : CALL ( items+=parameter ( COMMA items+=parameter )* )? RPAREN ;

parameter
  : name=( NAME | LABEL ) ( COLON result=type )? ( ASSIGN initial=expression )? ;

type
  : name=NAME ( LESS inner+=type ( COMMA inner+=type )* GREATER )? optional=QUESTION? ;

path
  : words+=NAME ( DOT words+=NAME )* ;

// ---- expressions: a flat list of operands and operators

embedded
  : value=expression EOF ;

expression
  : operands+=operand ( operators+=( OPERATOR | LESS | GREATER ) operands+=operand )* ;

operand
  : prefixes+=( NOT | SIGN | CHANCE )* value=primary steps+=suffix* ;

primary
  : literal=( INTEGER | PERCENT | DURATION | WEIGHT | CLOCK | DICE | STRING | TEXT | TRUE | FALSE | NONE )
  | qualifier=QUALIFIER? name=NAME
  | open=LPAREN inner=expression RPAREN
  | list=LBRACKET ( elements+=element ( COMMA elements+=element )* )? close=RBRACKET ;

// In a list; with a key in a map: `[north: 1]`. `[x.name for x in list when c]` builds one from another.
element
  : label=LABEL COLON value=expression | first=expression ( COLON value=expression | passes+=pass+ )? ;

pass
  : key=KEY value=expression ;

suffix
  : DOT word=NAME
  | call=CALL ( values+=argument ( COMMA values+=argument )* )? close=RPAREN
  | INDEX index=expression close=RBRACKET ;

argument
  : ( label=LABEL COLON )? value=expression passes+=pass* ;
