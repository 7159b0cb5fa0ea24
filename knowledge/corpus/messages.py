"""Every sentence that reading a dossier says to its admin; French, one place, one line each."""

NO_FOLDER = "Le dossier « {path} » n'existe pas : indiquez un dossier d'articles."
NOT_A_FOLDER = "« {path} » n'est pas un dossier : indiquez le dossier qui contient les articles."
NO_PERMISSION = "Le dossier « {path} » ne peut pas être lu : donnez-vous le droit de lecture."
EMPTY_FOLDER = (
    "Le dossier « {path} » ne contient aucun article : ajoutez-y des fichiers "
    ".txt, .md, .html, .docx ou .pdf."
)
NOTHING_LEFT = "Aucun article du dossier « {path} » n'est utilisable : {why}"
AND_OTHERS = "{first} (et {count} autres fichiers écartés)"

EMPTY_FILE = "« {path} » est vide : ajoutez-y du texte ou supprimez-le."
NO_TEXT = "« {path} » ne contient pas de texte d'article : vérifiez son contenu."
BINARY = "« {path} » n'est pas un fichier de texte : enregistrez-le de nouveau en texte (UTF-8)."
UNKNOWN_ENCODING = "Le codage de « {path} » n'est pas reconnu : enregistrez-le en UTF-8."
TOO_BIG = (
    "« {path} » pèse {size:.1f} Mo, plus que la limite de {limit} Mo : "
    "coupez-le ou relevez MAX_FILE_MB."
)
NO_FILE_PERMISSION = "« {path} » ne peut pas être lu : donnez-vous le droit de lecture."
CANNOT_READ = "« {path} » ne peut pas être lu ({reason}) : vérifiez le fichier."
UNKNOWN_SUFFIX = (
    "« {path} » n'est pas d'un type lu ici : enregistrez-le en .txt, .md, .html, .docx ou .pdf."
)
SAME_ID = (
    "« {path} » a le même nom que « {kept} », au suffixe près : seul « {kept} » est lu, "
    "renommez l'autre."
)
BAD_NAME = "Le nom du fichier « {path} » n'est pas en UTF-8 : renommez-le."
BAD_ID = "Le nom du fichier « {path} » contient un caractère de contrôle : renommez-le."
LINK_LOOP = "« {path} » est un lien qui revient sur le dossier : il n'est pas suivi."
DEAD_LINK = "« {path} » est un lien vers un fichier absent : corrigez-le ou supprimez-le."
NO_PDF = "« {path} » est un PDF et pypdf manque : installez dossier-bot[pdf]."
LOCKED_PDF = "« {path} » est un PDF protégé par un mot de passe : enregistrez-le sans protection."
SCANNED_PDF = "« {path} » est un PDF sans texte (une image ?) : donnez-en le texte."
BAD_PDF = "« {path} » n'est pas un PDF lisible : téléchargez-le de nouveau."
BAD_DOCX = "« {path} » n'est pas un document Word lisible : enregistrez-le de nouveau en .docx."
NO_HTML = "« {path} » ne contient pas d'article reconnaissable : enregistrez la page de l'article."

UNKNOWN_ARTICLE = (
    "{manifest} parle de l'article « {id} », qui n'est pas dans le dossier{hint} : "
    "corrigez son nom."
)
HINT = " (peut-être « {id} »)"

MANIFEST_UNREADABLE = "{path} ne peut pas être lu ({reason}) : corrigez le fichier."
MANIFEST_SYNTAX = "{path}, ligne {line} : ce n'est pas du TOML valable ({reason})."
MANIFEST_SYNTAX_NO_LINE = "{path} : ce n'est pas du TOML valable ({reason})."
MANIFEST_UTF8 = "{path} n'est pas en UTF-8 : enregistrez-le en UTF-8."
MANIFEST_AT = "{path}, ligne {line}, clé {key} : {reason}."
MANIFEST_KEY = "{path}, clé {key} : {reason}."
WANT_TEXT = "il faut un texte entre guillemets"
WANT_DATE = "il faut une date comme 2023-02-28"
WANT_TEXTS = "il faut un texte ou une liste de textes"
WANT_TABLE = "il faut un tableau de clés"
WANT_TABLES = "il faut des tableaux [[questions]]"
WANT_BOOL = "il faut true ou false"
WANT_QUESTION = "il manque le texte de la question"
WANT_PATTERN = "« {pattern} » n'est pas une expression régulière ({reason})"
WANT_LANGUAGE = "il faut un code de langue comme fr, en ou ru"
REFUSE_AND_EXPECT = "une question à refuser (refuse) n'a pas de réponse attendue (expect)"
UNKNOWN_KEY = "cette clé n'est pas connue{hint}"
